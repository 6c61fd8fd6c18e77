"""Find proofs: judge each step, search for its proof by named rules, report what is missing."""
