"""The symbols that have values in models: importing this module registers their builders."""

import derive.models.arithmetic
import derive.models.conditional
import derive.models.integrals
import derive.models.logic
import derive.models.measures
import derive.models.series  # noqa: F401
