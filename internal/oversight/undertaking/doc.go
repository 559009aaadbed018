// Package undertaking keeps what an agency does again and again so that its duties are kept (落实事项): meetings and problems of the
// leading group, letters upward, guidance downward, supervision notices and their rectification, budget and equipment plans,
// trainings and who took part, deliveries to the sharing platform. The kinds are data of the pack (pack.Undertaking); what is
// due is settled by an act of its own, and nothing is changed after it was entered.
//
// It serves duties 17, 27 and 28 to 32 (国办发〔2018〕118号（十三）至（十八）). It imports pack, workday, law, db, ledger, access,
// refusal and roster.
package undertaking
