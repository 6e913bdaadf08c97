"""What a consultation is: its questions, its rules and the law behind them. No web, no database, no clock."""
