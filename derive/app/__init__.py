"""Thin: arguments in, report out, exit status. One module for each command."""
