// Package person guesses the names of natural persons in a Chinese text: by surname, by the role that announces them, by
// sex or title behind them, and by the grammar around them. It never decides: redact hands every guess to a person.
//
// It serves duties 2 and 10 (行政处罚法第五十条, 政府信息公开条例第十五条): names of witnesses, complainants and other persons are not
// published. It imports the standard library and redact/view only.
package person
