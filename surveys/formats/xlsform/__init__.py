"""XLSForm (.xlsx, .xls) ↔ Questionnaire. `read` and `write` are imported where they are used: they load pyxform."""
