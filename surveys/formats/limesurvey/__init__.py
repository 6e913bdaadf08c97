"""LimeSurvey survey structures (.lss, DBVersion 177 to 641, both layouts) → Questionnaire."""
