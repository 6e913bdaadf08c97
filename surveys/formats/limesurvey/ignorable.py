"""What of a LimeSurvey survey says nothing about its questions: how it was stored, run, styled and mailed. Everything else is taken or listed."""

from collections.abc import Mapping

TABLES = frozenset({"themes", "themes_inherited"})
"""Colours and fonts of LimeSurvey's pages."""

KEYS = frozenset({
    "sid", "gid", "qid", "aid", "id", "parent_qid", "group_order", "question_order", "sortorder", "scale_id", "language", "same_default", "same_script",
    "qaid", "sqid", "dvid", "cid",
})  # fmt: skip
"""Numbers by which rows of the database find one another and stand in order. What they say is in how rows were put together."""

COLUMNS: Mapping[str, frozenset[str]] = {
    "questions": KEYS | {"question_theme_name", "modulename"},
    "subquestions": KEYS | {"question_theme_name", "modulename", "type", "mandatory", "other"},
    "question_l10ns": KEYS,
    "groups": KEYS,
    "group_l10ns": KEYS | {"randomization_group", "grelevance"},
    "answers": KEYS,
    "answer_l10ns": KEYS,
    "question_attributes": KEYS,
    "surveys_languagesettings": frozenset({
        "surveyls_survey_id", "surveyls_language", "surveyls_urldescription", "surveyls_dateformat", "surveyls_numberformat", "surveyls_attributecaptions",
        "surveyls_email_invite_subj", "surveyls_email_invite", "surveyls_email_remind_subj", "surveyls_email_remind", "surveyls_email_register_subj",
        "surveyls_email_register", "surveyls_email_confirm_subj", "surveyls_email_confirm", "email_admin_notification_subj", "email_admin_notification",
        "email_admin_responses_subj", "email_admin_responses", "attachments", "surveyls_alias",
    }),
    "surveys": frozenset({
        "sid", "owner_id", "gsid", "admin", "adminemail", "active", "expires", "startdate", "anonymized", "faxto", "format", "savetimings", "template",
        "datestamp", "usecookie", "allowregister", "allowsave", "autonumber_start", "autoredirect", "allowprev", "printanswers", "ipaddr", "ipanonymize",
        "refurl", "datecreated", "lastmodified", "publicstatistics", "publicgraphs", "listpublic", "htmlemail", "sendconfirmation",
        "tokenanswerspersistence", "usecaptcha", "usetokens", "bounce_email", "attributedescriptions", "emailresponseto", "emailnotificationto",
        "tokenlength", "showxquestions", "showgroupinfo", "shownoanswer", "showqnumcode", "bouncetime", "bounceprocessing", "bounceaccounttype",
        "bounceaccounthost", "bounceaccountpass", "bounceaccountencryption", "bounceaccountuser", "showwelcome", "showprogress", "questionindex",
        "navigationdelay", "nokeyboard", "alloweditaftercompletion", "googleanalyticsstyle", "googleanalyticsapikey", "tokenencryptionoptions",
        "showsurveypolicynotice", "showdatapolicybutton", "additional_configuration", "crypt_method", "othersettings", "access_mode",
        "showlegalnoticebutton",
    }),
}  # fmt: skip
"""By table. Of a survey: who ran it, when, with which mails and page settings; Ý Dân has its own of each, written at the desk."""

QUIET: Mapping[tuple[str, str], frozenset[str]] = {
    ("questions", "encrypted"): frozenset({"N"}),
    ("questions", "other"): frozenset({"N"}),
    ("questions", "mandatory"): frozenset({"N"}),
    ("questions", "relevance"): frozenset({"1"}),
    ("subquestions", "encrypted"): frozenset({"N"}),
    ("subquestions", "relevance"): frozenset({"1"}),
    ("answers", "assessment_value"): frozenset({"0"}),
    ("groups", "grelevance"): frozenset({"1"}),
    ("surveys", "assessments"): frozenset({"N", "I"}),
}
"""Values that switch off what their column would switch on."""

LOOKS = frozenset({
    "cssclass", "css_class", "hide_tip", "input_size", "input_boxes", "text_input_width", "text_input_columns", "display_rows", "display_columns",
    "display_type", "label_input_columns", "answer_width", "answer_width_bycolumn", "repeat_headings", "use_dropdown", "dropdown_prepostfix",
    "dropdown_separators", "dropdown_size", "alphasort", "category_separator", "page_break", "public_statistics", "statistics_showgraph",
    "statistics_graphtype", "statistics_showmap", "scale_export", "save_as_default", "printable_survey_width", "printable_questions", "choice_width",
    "button_size", "samechoiceheight", "samelistheight", "showpopups", "choice_title", "rank_title", "rank_header", "slider_handle",
    "slider_custom_handle", "slider_layout", "slider_orientation", "slider_rating", "slider_showminmax", "slider_separator", "slider_middlestart",
    "slider_accuracy", "reverse", "dropdown_dates", "dropdown_dates_minute_step", "dropdown_dates_month_style", "location_mapheight",
    "location_mapwidth", "location_mapzoom", "location_defaultcoordinates", "location_nodefaultfromip", "add_platform_info", "show_grand_total",
    "show_totals", "keep_aspect", "crop_or_resize", "image_width", "image_height", "hide_input", "question_template", "prefix_width", "suffix_width",
    "in_statistics", "time_limit_action", "time_limit_disable_next", "time_limit_disable_prev", "time_limit_message", "time_limit_message_delay",
    "time_limit_message_style", "time_limit_timer_style", "time_limit_countdown_message", "time_limit_warning", "time_limit_warning_style",
    "time_limit_warning_message", "time_limit_warning_display_time", "time_limit_warning_2", "time_limit_warning_2_style",
    "time_limit_warning_2_message", "time_limit_warning_2_display_time", "array_filter_style", "parent_order", "exclude_all_others_auto",
    "other_position", "other_position_code", "printable_help_style",
})  # fmt: skip
"""Question attributes about looks, statistics pages, or the words around an attribute that is listed itself."""

OFF: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("hidden", "random_order", "other_comment_mandatory", "other_numbers_only", "numbers_only", "num_value_int_only", "slider_layout",
         "multiflexible_checkbox", "answer_order_random", "use_reverse", "horizontal_scroll", "input_boxes"),
        frozenset({"0", "N"}),
    ),
    "assessment_value": frozenset({"0", "1"}),
    "answer_order": frozenset({"normal"}),
    "subquestion_order": frozenset({"normal"}),
    "location_mapservice": frozenset({"0"}),
    "max_num_of_files": frozenset({"1"}),
    "min_num_of_files": frozenset({"0"}),
    "min_answers": frozenset({"0"}),
    "keep_codes_order": frozenset({"0"}),
    "slider_default_set": frozenset({"0", "1"}),
    "slider_reset": frozenset({"0"}),
    "value_range_allows_missing": frozenset({"0", "1"}),
    "multiflexible_step": frozenset({"1"}),
    "show_comment": frozenset({"0", "1"}),
    "show_title": frozenset({"0", "1"}),
    "commented_checkbox": frozenset({"allways"}),
    "commented_checkbox_auto": frozenset({"1"}),
}  # fmt: skip
"""Attributes at a value that switches nothing on."""
