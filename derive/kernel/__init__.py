"""The trusted part: terms, rules, certificates and their replay. Standard library only; never searches."""
