"""Values of terms in concrete measure spaces: for counterexamples, and to test the axioms.

Numbers:
    outcome       how an evaluation ends without a value
    enclosure     rational bounds of exp, log and √
    reals         exact numbers that are not rational
    extended      arithmetic on [-∞,∞]

A model, and code for a term:
    spaces        finite spaces, measures, tables, sequences
    model         a space for each sort, a value for each letter
    compilation   a term as a function of a model
    tame          which quantifiers finitely many instances decide

The symbols, by subject:
    logic         propositions
    arithmetic    numbers
    series        sums, extrema, limits
    integrals     masses, integrals, measurability
    measures      measures made from others
    conditional   densities, conditional expectations, independence
    symbols       all of these, registered

Uses:
    wishes        what premises ask of letters
    definitions   premises that say what a letter is
    mend          a model of premises by repair
    generate      random models of premises
    rulecheck     a rule against models: is it true, is each hypothesis needed
    refute        a model in which a step is false, in the user's names
    witnesses     curated examples with exact values, for what no finite space shows
    necessity     what goes wrong without a hypothesis: a model of the others, or a witness
    example       what is shown under a missing condition
"""
