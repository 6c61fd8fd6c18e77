"""Concrete models: exact values of terms in finite measure spaces; random models of premises."""
