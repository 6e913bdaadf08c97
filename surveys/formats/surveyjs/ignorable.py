"""What of a SurveyJS definition says nothing about its questions: looks, buttons, saving. Everything else is taken or listed."""

LOOKS = frozenset({
    # the survey's page
    "logo", "logoWidth", "logoHeight", "logoFit", "logoPosition", "autoFocusFirstQuestion", "autoFocusFirstError", "loadingHtml", "sjsVersion", "$schema",
    "surveyId", "surveyPostId", "surveyShowDataSaving", "cookieName", "partialSendEnabled", "showNavigationButtons", "navigationButtonsLocation",
    "showPrevButton", "showTitle", "showPageTitles", "showCompletePage", "matrixDragHandleArea", "showPageNumbers", "showQuestionNumbers",
    "questionTitleLocation", "questionDescriptionLocation", "questionErrorLocation", "showProgressBar", "progressBarLocation", "progressBarType",
    "progressBarShowNavigationText", "progressBarShowPageNumbers", "progressBarNavigationTextLocation", "progressBarInheritWidthFrom", "showTOC",
    "tocLocation", "tocItemComponent", "autoAdvanceEnabled", "autoAdvanceAllowComplete", "checkErrorsMode", "validateVisitedEmptyFields", "textUpdateMode",
    "autoGrowComment", "allowResizeComment", "commentAreaRows", "startSurveyText", "pagePrevText", "pageNextText", "completeText", "previewText",
    "editText", "requiredMark", "requiredText", "questionStartIndex", "questionTitlePattern", "firstPageIsStartPage", "firstPageIsStarted",
    "questionsOnPageMode", "showPreviewBeforeComplete", "previewMode", "timerLocation", "timerInfoMode", "widthMode", "gridLayoutEnabled", "width",
    "fitToContainer", "headerView", "backgroundImage", "backgroundImageFit", "backgroundImageAttachment", "backgroundOpacity", "showBrandInfo", "theme",
    "storeOthersAsComment", "clearInvisibleValues", "clearIfInvisible", "showTimer",
    # panels and questions
    "state", "useDisplayValuesInDynamicTexts", "minWidth", "maxWidth", "colSpan", "startWithNewLine", "indent", "innerIndent", "titleLocation",
    "descriptionLocation", "showNumber", "errorLocation", "renderAs", "questionTitleWidth", "gridLayoutColumns", "allowAdaptiveActions", "navigationTitle",
    "navigationDescription", "requiredErrorText", "otherErrorText", "minErrorText", "maxErrorText", "stepErrorText", "keyDuplicationError",
    # choices
    "colCount", "separateSpecialChoices", "hideIfChoicesEmpty", "showSelectAllItem", "selectAllText", "itemComponent", "allowClear", "searchEnabled",
    "textWrapEnabled", "choicesLazyLoadEnabled", "choicesLazyLoadPageSize", "hideSelectedItems", "closeOnSelect", "searchMode", "autocomplete",
    "inputFieldComponent", "valuePropertyName", "selectToRankSwapAreas", "selectToRankAreasLayout", "selectToRankEmptyRankedAreaText",
    "selectToRankEmptyUnrankedAreaText", "contentMode", "imageFit", "imageHeight", "imageWidth", "minImageWidth", "minImageHeight", "maxImageWidth",
    "maxImageHeight", "showLabel", "createCustomChoiceText",
    # texts, tables, files, ratings
    "inputSize", "size", "inputTextAlignment", "rows_of_text", "autoGrow", "allowResize", "acceptCarriageReturn", "itemErrorLocation", "itemTitleWidth",
    "columnMinWidth", "showHeader", "verticalAlign", "alternateRows", "displayMode", "rowTitleWidth", "hideIfRowsEmpty", "cellComponent", "showPreview",
    "allowImagesPreview", "storeDataAsText", "waitForUpload", "confirmDelete", "sourceType", "fileOrPhotoPlaceholder", "photoPlaceholder",
    "filePlaceholder", "allowCameraAccess", "rateType", "scaleColorMode", "rateColorMode", "displayRateDescriptionsAsExtremeItems",
    "rateDescriptionLocation", "swapOrder", "showLabels", "tooltipVisibility", "labelFormat", "tooltipFormat", "allowDragRange", "allowSwap", "labelCount",
    "useGrouping", "useTitleAsLabel", "notificationType",
})  # fmt: skip
"""Properties about looks, buttons, saving, and the words of messages that Ý Dân has of its own."""

ON = frozenset({"visible", "allowDigits"})
"""Properties that say something when they are false."""

QUIET = {
    "choicesOrder": "none", "rowOrder": "initial", "questionOrder": "initial", "maskType": "none", "displayStyle": "none", "cellType": "radio",
    "choicesFromQuestionMode": "all", "sliderType": "single",
}  # fmt: skip
"""Values that switch nothing on."""
