"""Says what the kernel answered, and nothing else: for people, for editors, for programs."""
