"""The trusted part: terms, rules, certificates and their replay. Never searches."""
