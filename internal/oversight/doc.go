// Package oversight computes the board of duties: for each of the numbered duties, whether it is met today. A light is
// made of parts, one for each thing that the text of the duty asks for; a part counts how many records owe it, how many
// do, and lists those that do not, each with the way to its evidence. Nothing is entered by hand.
//
// Three things are kept apart. A duty whose records are not in the system at all says 尚未计量 and names what is missing;
// one that has a check but no record yet says 尚无记录; and one of whose demands only a part can be computed says at best
// 已计量部分达标. So nothing is green because nothing was looked at.
//
// It serves duties 28 to 32 by showing the others (rulebook §9); package undertaking beside it keeps what the agency undertakes
// for them. It imports catalog, roster, rulebook, review, casefile and disclosure/public of the rooms, form, law, pack, workday
// and db, and reads the rows of the other rooms without ever writing.
package oversight
