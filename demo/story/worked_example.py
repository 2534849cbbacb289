"""The look that the tour buys: its sale is the worked example of the money tests, to the cent."""

TITLE, CODE = "Carry-on only", "carryon"
