// Package attachment keeps the scans and photos of papers beside the records that are no case: an officer's certificate, a
// publication, a review, a use of a seal. Files of a case and of its documents are taken by casefile.
//
// It serves duties 7, 8, 10 and 19 (行政执法全过程记录, 国办发〔2018〕118号（七）、（九）). A file of a review or of a seal lies in
// the dossier of its case and is bound with it. It imports access, casefile, db, disclosure, document, ledger, refusal, review
// and roster.
package attachment
