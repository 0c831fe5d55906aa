"""How long the impatient server of the tests leaves a person in peace, in seconds."""

SECONDS = 12
WARNING_SECONDS = 8
