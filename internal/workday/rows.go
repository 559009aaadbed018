package workday

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"mingjing/internal/zh"
)

// ParseRows reads a calendar table as CSV. The first line names the columns, in any
// order: date, name, is_off_day (1 or true: rest day, 0 or false: worked), and year_file
// or notice_year. Lines that begin with # are remarks. Errors name the line in Chinese.
func ParseRows(r io.Reader) ([]Row, error) {
	in := csv.NewReader(r)
	in.Comment = '#'
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if err != nil {
		return nil, flaw("放假安排表是空的或不是CSV，第一行应为date,name,is_off_day,year_file")
	}
	at := map[string]int{}
	for i, h := range head {
		at[strings.ToLower(zh.Fold(h))] = i
	}
	if i, ok := at["notice_year"]; ok {
		at["year_file"] = i
	}
	for _, column := range []string{"date", "name", "is_off_day", "year_file"} {
		if _, ok := at[column]; !ok {
			return nil, flaw("放假安排表缺少列%s，第一行应为date,name,is_off_day,year_file", column)
		}
	}
	var rows []Row
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				return nil, flaw("放假安排表第%d行不是正确的CSV", bad.Line)
			}
			return nil, fmt.Errorf("workday: read calendar rows: %w", err)
		}
		line, _ := in.FieldPos(0)
		row, err := rowOf(fields, at)
		if err != nil {
			return nil, flaw("放假安排表第%d行：%s", line, err)
		}
		rows = append(rows, row)
	}
}

func rowOf(fields []string, at map[string]int) (Row, error) {
	get := func(column string) string {
		if i := at[column]; i < len(fields) {
			return zh.Fold(fields[i])
		}
		return ""
	}
	date, err := zh.ParseDay(get("date"))
	if err != nil {
		return Row{}, err
	}
	day, err := FromDate(date)
	if err != nil {
		return Row{}, err
	}
	off, err := strconv.ParseBool(get("is_off_day"))
	if err != nil {
		return Row{}, flaw("is_off_day应为1（休息）或0（上班），现为“%s”", get("is_off_day"))
	}
	notice, err := strconv.Atoi(get("year_file"))
	if err != nil {
		return Row{}, flaw("通知年份应为四位数字，现为“%s”", get("year_file"))
	}
	return Row{Day: day, Name: get("name"), Off: off, Notice: notice}, nil
}

// ParseNotice reads one yearly file of holiday-cn as it is published (JSON with year and
// days of name, date, isOffDay), so that an agency can load a new year the day it appears.
func ParseNotice(data []byte) ([]Row, error) {
	var file struct {
		Year int `json:"year"`
		Days []struct {
			Name string `json:"name"`
			Date Day    `json:"date"`
			Off  *bool  `json:"isOffDay"`
		} `json:"days"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")), &file); err != nil {
		return nil, fmt.Errorf("放假安排文件不是正确的JSON（应有year和days）：%w", err)
	}
	if file.Year == 0 || len(file.Days) == 0 {
		return nil, flaw("放假安排文件没有年份或没有日期")
	}
	rows := make([]Row, 0, len(file.Days))
	for i, d := range file.Days {
		if d.Date.IsZero() || d.Off == nil {
			return nil, flaw("放假安排文件第%d个日期不完整", i+1)
		}
		rows = append(rows, Row{Day: d.Date, Name: d.Name, Off: *d.Off, Notice: file.Year})
	}
	return rows, nil
}
