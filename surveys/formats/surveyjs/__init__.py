"""SurveyJS definitions (.json) → Questionnaire."""
