// Package calendar counts days for the re-check, over the announced holidays and by code of its own: it shares nothing with
// workday, by which the rooms count (行政处罚法第八十五条; 民法典第二百零一条至第二百零三条).
//
// It serves duties 10, 13 and 19. It imports nothing of the house.
package calendar
