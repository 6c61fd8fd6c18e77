"""Compile the rulebook: rules/*.drv become the trusted facts, checked theorems and indexes."""
