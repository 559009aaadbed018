package recheck

import (
	"database/sql"
	"slices"
)

// order is a check that one query makes: it gives agency, place and what is wrong of each row that fails; of counts the rows
// that it looks at.
type order struct {
	Check
	of, query string
}

// orders makes the checks that are queries.
func (r *run) orders() error {
	for _, o := range queries {
		var n int64
		if err := r.tx.Row(`SELECT count(*) FROM ` + o.of).Scan(&n); err != nil {
			return err
		}
		r.did(o.Code, n)
		err := r.tx.Each(o.query, nil, func(rows *sql.Rows) error {
			var agency, where, what string
			err := rows.Scan(&agency, &where, &what)
			r.wrong(o.Code, agency, where, what)
			return err
		})
		if err != nil {
			return err
		}
		r.progress(o.Title, n)
	}
	return nil
}

// all lists every check, those of the table and those that are queries.
func all() []Check {
	list := slices.Clone(checks)
	for _, o := range queries {
		list = append(list, o.Check)
	}
	return list
}

const penalty = `decision d WHERE d.kind = '行政处罚决定书'`

// queries are the orders of the law that hold between rows. They stand here as the law has them and not as the gates of the
// database do: a gate asks at the moment of the act, a re-check asks of what is left of it.
var queries = []order{
	{Check{"DL-3", "案件的最近期限是本机关尚未办结的最早一项", "行政处罚法第六十条"}, `case_file c`,
		`SELECT c.agency, 'case_file ' || c.id, '最近期限记为“' || c.next_due || '”，按各项期限应为“' || COALESCE(n.due_on, '') || '”' FROM case_file c
		LEFT JOIN (SELECT d.case_id, MIN(d.due_on) AS due_on FROM deadline d WHERE d.state = 'open' AND NOT d.for_party AND d.due_on <> '' GROUP BY d.case_id) n
			ON n.case_id = c.id WHERE c.next_due <> COALESCE(n.due_on, '')`},
	{Check{"RV-2", "重大决定：作出之前最后一次对这一文本的法制审核通过，日期不晚于决定", "行政处罚法第五十八条"}, `decision d WHERE d.major`,
		`SELECT d.agency, 'decision ' || d.id, d.number || '是重大执法决定，作出前没有对这一文本的通过的法制审核' FROM decision d WHERE d.major AND d.kind = '行政处罚决定书'
		AND NOT EXISTS (SELECT 1 FROM review r JOIN review_text t ON t.review_id = r.id AND t.party_id = d.party_id AND t.body_hash = d.body_hash
			WHERE r.id = d.review_id AND r.case_id = d.case_id AND r.verdict = '同意' AND (r.state = 'passed' OR d.state = 'annulled') AND r.concluded_on <> '' AND r.concluded_on <= d.decided_on
			AND NOT EXISTS (SELECT 1 FROM review_text u WHERE u.case_id = d.case_id AND u.party_id = d.party_id AND u.review_id > r.id AND u.review_id < d.id))`},
	{Check{"RV-3", "审核人不是承办人、批准人、送审人，也不是办案人员", "行政处罚法第五十八条"}, `review r WHERE r.verdict <> ''`,
		`SELECT r.agency, 'review ' || r.id, '审核人是本案的承办人、批准人、送审人或者办案人员' FROM review r WHERE r.verdict <> '' AND (r.reviewer = '' OR r.reviewer = r.submitted_by
		OR EXISTS (SELECT 1 FROM decision d WHERE d.case_id = r.case_id AND (d.handler = r.reviewer OR d.approver = r.reviewer AND d.kind = '行政处罚决定书'))
		OR EXISTS (SELECT 1 FROM approval a WHERE a.case_id = r.case_id AND a.approver = r.reviewer)
		OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = r.case_id AND o.account = r.reviewer))`},
	{Check{"RV-4", "审核结论有审核意见书，其日期与结论相符", "行政处罚法第五十八条；国办发〔2018〕118号（十四）"}, `review r WHERE r.verdict <> ''`,
		`SELECT r.agency, 'review ' || r.id, '审核结论没有法制审核意见书，或者日期不符' FROM review r WHERE r.verdict <> ''
		AND NOT EXISTS (SELECT 1 FROM document x WHERE x.id = r.opinion AND x.case_id = r.case_id AND x.kind = '法制审核意见书' AND x.made_on = r.concluded_on AND x.made_by = r.reviewer)`},
	{Check{"RV-5", "审核人在法制审核人员名册中，有法律职业资格，或者在法律要求之前已从事审核", "行政处罚法第五十八条第二款"}, `review r WHERE r.verdict <> ''`,
		`SELECT r.agency, 'review ' || r.id, '审核人不在法制审核人员名册中，或者初次从事审核而没有法律职业资格' FROM review r WHERE r.verdict <> ''
		AND NOT EXISTS (SELECT 1 FROM reviewer q WHERE q.agency = r.agency AND q.account = r.reviewer
			AND (q.qualification <> '' OR q.first_review_on <> '' AND q.first_review_on < '2021-07-15'))`},
	{Check{"AP-1", "负责人批准了这一文本，不晚于决定，且不是承办人", "行政处罚法第五十七条"}, penalty,
		`SELECT d.agency, 'decision ' || d.id, d.number || '没有负责人对这一文本的批准，或者批准人就是承办人' FROM ` + penalty + ` AND (d.handler = '' OR d.approver = '' OR d.handler = d.approver
		OR NOT EXISTS (SELECT 1 FROM approval a WHERE a.case_id = d.case_id AND a.party_id = d.party_id AND a.body_hash = d.body_hash AND a.approver = d.approver AND a.approved_on <= d.decided_on)
		OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = d.case_id AND o.account = d.approver))`},
	{Check{"OF-1", "两名以上执法人员，决定之日在岗且证件有效", "行政处罚法第四十二条"}, penalty,
		`SELECT d.agency, 'decision ' || d.id, d.number || '在决定之日没有两名证件有效的执法人员' FROM ` + penalty + ` AND (SELECT count(DISTINCT f.id) FROM case_officer o
			JOIN certificate c ON c.agency = d.agency AND c.number = o.certificate JOIN officer f ON f.id = c.officer
			WHERE o.case_id = d.case_id AND o.from_on <= d.decided_on AND (o.until_on = '' OR o.until_on >= d.decided_on) AND c.valid_from <= d.decided_on AND c.valid_until >= d.decided_on
			AND (c.revoked_on = '' OR c.revoked_on > d.decided_on) AND f.from_on <= d.decided_on AND (f.until_on = '' OR f.until_on >= d.decided_on)) < 2`},
	{Check{"NT-1", "决定之前已送达事先告知", "行政处罚法第四十四条"}, penalty,
		`SELECT d.agency, 'decision ' || d.id, d.number || '作出之前没有送达行政处罚事先告知书' FROM ` + penalty + ` AND NOT EXISTS (SELECT 1 FROM delivery v
			WHERE v.case_id = d.case_id AND v.party_id = d.party_id AND v.purpose = 'notice' AND v.effective_on <> '' AND v.effective_on <= d.decided_on AND v.id < d.id)`},
	{Check{"NT-2", "陈述申辩、申请听证的期限届满或者已经行使、放弃", "行政处罚法第四十五条、第六十四条"}, penalty,
		`SELECT d.agency, 'decision ' || d.id, d.number || '在陈述申辩或者申请听证的期限内作出' FROM ` + penalty + ` AND EXISTS (SELECT 1 FROM deadline c WHERE c.case_id = d.case_id AND c.party_id = d.party_id
			AND c.param IN ('defence_days', 'hearing_request_days') AND c.due_on >= d.decided_on AND c.id < d.id AND c.trigger_on = (SELECT max(v.effective_on) FROM delivery v
				WHERE v.case_id = d.case_id AND v.party_id = d.party_id AND v.purpose = 'notice' AND v.id < d.id))
			AND NOT EXISTS (SELECT 1 FROM document x WHERE x.case_id = d.case_id AND (x.party_id = d.party_id OR x.party_id = '') AND x.id < d.id
				AND x.kind IN ('陈述申辩笔录', '放弃听证声明书', '听证笔录', '听证终止登记'))`},
	{Check{"NT-3", "要求听证的已经听证", "行政处罚法第六十三条、第六十五条"}, penalty,
		`SELECT d.agency, 'decision ' || d.id, d.number || '作出之前没有举行当事人要求的听证' FROM ` + penalty + ` AND EXISTS (SELECT 1 FROM document x WHERE x.case_id = d.case_id
			AND x.party_id = d.party_id AND x.kind = '听证申请登记' AND x.id < d.id AND NOT EXISTS (SELECT 1 FROM document y WHERE y.case_id = d.case_id
			AND (y.party_id = d.party_id OR y.party_id = '') AND y.kind IN ('听证笔录', '听证终止登记') AND y.id > x.id AND y.id < d.id))`},
	{Check{"NT-4", "决定不重于告知", "行政处罚法第四十四条、第四十五条第二款"}, penalty,
		`SELECT d.agency, 'decision ' || d.id, d.number || '重于告知的处罚' FROM decision d JOIN party p ON p.id = d.party_id WHERE d.kind = '行政处罚决定书' AND d.state = 'made'
		AND (d.rank > p.notified_rank OR d.rank = p.notified_rank AND d.fine + d.confiscated > p.notified_amount)`},
	{Check{"PN-1", "情节复杂或者重大的经集体讨论", "行政处罚法第五十七条第二款"}, `decision d JOIN case_file c ON c.id = d.case_id WHERE c.complex`,
		`SELECT d.agency, 'decision ' || d.id, d.number || '应当集体讨论而没有讨论记录' FROM decision d JOIN case_file c ON c.id = d.case_id WHERE c.complex AND d.kind = '行政处罚决定书'
		AND NOT EXISTS (SELECT 1 FROM panel m WHERE m.case_id = d.case_id AND m.party_id = d.party_id AND m.members >= 2 AND m.minutes > 0 AND m.held_on <= d.decided_on)`},
	{Check{"DC-3", "决定书在案，文本就是决定的文本", "行政处罚法第五十九条"}, `decision`,
		`SELECT d.agency, 'decision ' || d.id, d.number || '的决定书不在，或者不是这一文本' FROM decision d WHERE NOT EXISTS (SELECT 1 FROM document x
			WHERE x.id = d.document_id AND x.case_id = d.case_id AND x.agency = d.agency AND x.kind = d.kind AND x.body_hash = d.body_hash AND x.made_on = d.decided_on)`},
	{Check{"DC-4", "案件的文书、当事人、期限、送达各归其案，不归别的机关", "行政处罚法第四十七条"}, `document`,
		`SELECT x.agency, x.name || ' ' || x.id, '不属于任何案件，或者属于别的机关的案件' FROM (
			SELECT 'document' AS name, id, agency, case_id FROM document UNION ALL SELECT 'party', id, agency, case_id FROM party UNION ALL
			SELECT 'deadline', id, agency, case_id FROM deadline UNION ALL SELECT 'delivery', id, agency, case_id FROM delivery UNION ALL
			SELECT 'approval', id, agency, case_id FROM approval UNION ALL SELECT 'panel', id, agency, case_id FROM panel UNION ALL
			SELECT 'decision', id, agency, case_id FROM decision UNION ALL SELECT 'payment', id, agency, case_id FROM payment UNION ALL
			SELECT 'review', id, agency, case_id FROM review UNION ALL SELECT 'attachment', id, agency, case_id FROM attachment WHERE case_id <> '') x
		LEFT JOIN case_file c ON c.id = x.case_id WHERE c.id IS NULL OR c.agency <> x.agency`},
	{Check{"SV-1", "送达不早于决定，决定所记的送达与送达回证一致", "行政处罚法第六十一条"}, `decision d WHERE d.served_on <> ''`,
		`SELECT d.agency, 'decision ' || d.id, d.number || '所记的送达与送达登记不符，或者早于决定' FROM decision d WHERE d.served_on <> '' AND (d.effective_on < d.decided_on
		OR d.kind <> '当场行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM delivery v WHERE v.case_id = d.case_id AND v.party_id = d.party_id AND v.purpose = 'decision'
			AND v.document_id = d.document_id AND v.sent_on = d.served_on AND v.effective_on = d.effective_on AND v.mode = d.service_mode AND v.id > d.id))`},
	{Check{"SV-2", "每次送达有其文书和送达回证", "行政处罚法第六十一条"}, `delivery`,
		`SELECT v.agency, 'delivery ' || v.id, '所送达的文书或者送达回证不在本案' FROM delivery v WHERE v.effective_on < v.sent_on AND v.mode = '公告送达'
		OR NOT EXISTS (SELECT 1 FROM document x WHERE x.id = v.document_id AND x.case_id = v.case_id) OR NOT EXISTS (SELECT 1 FROM document x WHERE x.id = v.receipt AND x.case_id = v.case_id)`},
	{Check{"PY-1", "缴款有处罚决定，不早于决定，各项不超过决定的数额（加处罚款不超过罚款）", "行政处罚法第六十七条、第七十二条第一款第一项"}, `payment`,
		`SELECT y.agency, 'payment ' || y.id, y.kind || '没有处罚决定可依，或者早于决定' FROM payment y WHERE y.kind <> '退款' AND NOT EXISTS (SELECT 1 FROM decision d
			WHERE d.case_id = y.case_id AND d.party_id = y.party_id AND d.decided_on <= y.paid_on)
		UNION ALL SELECT min(y.agency), 'payment ' || max(y.id), '登记的' || y.kind || '合计超过处罚决定的数额' FROM payment y WHERE y.kind <> '退款' GROUP BY y.case_id, y.party_id, y.kind
		HAVING sum(y.amount) > (SELECT coalesce(sum(CASE y.kind WHEN '没收违法所得' THEN d.confiscated WHEN '罚款' THEN d.fine WHEN '加处罚款' THEN d.fine ELSE 0 END), 0) FROM decision d
				WHERE d.case_id = y.case_id AND d.party_id = y.party_id)
			+ (SELECT coalesce(sum(b.amount), 0) FROM payment b WHERE b.case_id = y.case_id AND b.party_id = y.party_id AND b.kind = '退款')`},
	{Check{"PY-2", "退款不超过此前已缴且未退的数额", "行政处罚法第七十四条"}, `payment y WHERE y.kind = '退款'`,
		`SELECT y.agency, 'payment ' || y.id, '退款后累计退还的超过累计缴纳的' FROM payment y WHERE y.kind = '退款' AND (SELECT sum(CASE WHEN b.kind = '退款' THEN -b.amount ELSE b.amount END)
			FROM payment b WHERE b.case_id = y.case_id AND b.party_id = y.party_id AND b.id <= y.id) < 0`},
	{Check{"PY-3", "确认履行完毕的，罚没款已经缴清", "行政处罚法第六十六条第一款"}, `document x WHERE x.kind = '履行确认登记'`,
		`SELECT d.agency, 'decision ' || d.id, d.number || '确认履行完毕时罚没款没有缴清' FROM decision d WHERE d.state = 'made' AND d.fine + d.confiscated > 0
		AND EXISTS (SELECT 1 FROM document x WHERE x.case_id = d.case_id AND (x.party_id = d.party_id OR x.party_id = '') AND x.kind = '履行确认登记' AND x.id > d.id)
		AND d.fine + d.confiscated > (SELECT coalesce(sum(y.amount), 0) FROM payment y WHERE y.case_id = d.case_id AND y.party_id = d.party_id AND y.kind IN ('罚款', '没收违法所得') AND y.paid_on >= d.decided_on)`},
	{Check{"PB-8", "送达之后才公示，公示信息所记的送达与决定一致", "行政处罚法第四十八条、第六十一条"}, `publication p WHERE p.published_on <> '' AND p.source = 'case'`,
		`SELECT p.agency, 'publication ' || p.id, p.number || '在送达之前公示，或者所记的送达与决定不符' FROM publication p LEFT JOIN decision d ON d.id = p.decision WHERE p.source = 'case'
		AND (d.id IS NULL OR p.served_on <> d.effective_on OR p.service_mode <> d.service_mode OR p.case_id <> d.case_id OR p.party <> d.party_id
			OR p.published_on <> '' AND p.service_mode <> '公告送达' AND (p.served_on = '' OR p.served_on > p.published_on))`},
	{Check{"PB-9", "制作人与复核人不是同一人，公示的就是复核过的文本", "政府信息公开条例第十七条"}, `publication p WHERE p.checker <> ''`,
		`SELECT p.agency, 'publication ' || p.id, p.number || '由同一人制作和复核，或者公示的不是复核过的文本' FROM publication p WHERE p.checker <> '' AND (p.checker = p.maker OR p.checker = p.maker_for
		OR p.checker_for <> '' AND (p.checker_for = p.maker OR p.checker_for = p.maker_for)) OR p.published_on <> '' AND (p.checker = '' OR p.checked_hash <> p.content_hash OR p.ordinal = 0)`},
	{Check{"PB-10", "撤下的写明依据、文书和理由，以案件中的决定变动为依据，由两人办理；未成年人的不公示", "行政处罚法第四十八条第二款；国办发〔2018〕118号（六）；未成年人保护法第一百零三条"}, `publication p WHERE p.withdrawn_on <> ''`,
		`SELECT p.agency, 'publication ' || p.id, p.number || '撤下没有依据、文书或者理由，或者公示了不得公示的' FROM publication p WHERE p.state = 'withdrawn' AND (p.ground NOT IN ('变更', '撤销', '确认违法', '确认无效', '重新作出')
			OR p.ground_document = '' OR p.reason = '' OR p.withdrawn_on = '' OR p.withdraw_maker <> '' AND p.withdraw_maker = p.withdraw_checker
			OR p.source <> 'case' AND p.withdraw_checker = ''
			OR p.source = 'case' AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = p.decision AND d.state = 'annulled' AND d.annulled_on <> '')) OR p.state IN ('published', 'corrected') AND p.minor
		OR p.state = 'withheld' AND (p.ground = '' OR p.approver = '' OR p.approver = p.maker) OR (p.published_on = '') <> (p.state IN ('due', 'prepared', 'checked', 'withheld'))`},
	{Check{"EX-1", "推迟公示有法定理由、文书和他人批准，在期限届满前办理，公开的与在案的一致", "政府信息公开条例第十五条、第三十二条、第三十三条"}, `publication_extension`,
		`SELECT e.agency, 'publication_extension ' || e.id, '推迟公示没有法定理由、文书或者批准，或者在期限届满后办理' FROM publication_extension e LEFT JOIN publication p ON p.id = e.publication AND p.agency = e.agency
			WHERE p.id IS NULL OR e.ground NOT IN ('征求第三方意见', '工作日安排公布或者调整') OR e.document = '' OR e.approver = '' OR e.approver = e.decided_by OR e.due_on <= e.due_before OR e.recorded_on > e.due_before
			OR e.due_before <> COALESCE((SELECT MAX(x.due_on) FROM publication_extension x WHERE x.publication = e.publication AND x.id < e.id), p.due_on)
			OR e.ground = '征求第三方意见' AND EXISTS (SELECT 1 FROM publication_extension x WHERE x.publication = e.publication AND x.ground = e.ground AND x.id <> e.id)
		UNION ALL SELECT c.agency, 'pub_commit ' || c.agency || '/' || c.year || '/' || c.seq, '公开的推迟与在案的不符' FROM pub_commit c JOIN publication p ON p.agency = c.agency AND p.commit_year = c.year AND p.commit_seq = c.seq
			WHERE c.extended_to <> COALESCE((SELECT MAX(x.due_on) FROM publication_extension x WHERE x.publication = p.id), '')
			OR c.extend_ground <> COALESCE((SELECT x.ground FROM publication_extension x WHERE x.publication = p.id ORDER BY x.id DESC LIMIT 1), '')`},
	{Check{"NR-1", "文号按代字和年度连续，没有缺号", "行政处罚法第四十七条；GB/T 9704 7.2.5"}, `number_series`,
		`SELECT s.agency, 'number_series ' || s.prefix || ' ' || s.year, '文号不连续：最后一号' || s.last || '，登记' || coalesce(u.n, 0) || '个，最大' || coalesce(u.most, 0)
		FROM number_series s LEFT JOIN (SELECT agency, prefix, year, count(*) AS n, max(serial) AS most, min(serial) AS least FROM number_used GROUP BY agency, prefix, year) u
		ON u.agency = s.agency AND u.prefix = s.prefix AND u.year = s.year WHERE u.n IS NOT NULL AND (u.most <> s.last OR u.n <> u.most - u.least + 1)`},
	{Check{"NR-2", "每个文号属于一份文书或者作废有因，与文书所记一致", "行政处罚法第四十七条；GB/T 9704 7.2.5"}, `number_used`,
		`SELECT u.agency, 'number_used ' || u.prefix || ' ' || u.year || ' ' || u.serial, '文号没有文书也没有作废的原因，或者与文书不符' FROM number_used u LEFT JOIN document x ON x.id = u.document
		WHERE CASE WHEN u.document = '' THEN u.void = '' ELSE x.id IS NULL OR x.agency <> u.agency OR x.number NOT LIKE '%' || u.year || '%' || u.serial || '%' END`},
	{Check{"NR-3", "有文号的文书都在文号登记中", "行政处罚法第四十七条"}, `document x WHERE x.number <> ''`,
		`SELECT x.agency, 'document ' || x.id, x.number || '不在文号登记中' FROM document x WHERE x.number <> '' AND x.id NOT IN (SELECT document FROM number_used)`},
	{Check{"CM-4", "每个决定都有公示信息，盲承诺年度内编号连续", "行政处罚法第四十八条"}, `decision`,
		`SELECT d.agency, 'decision ' || d.id, d.number || '没有公示信息' FROM decision d LEFT JOIN publication p ON p.decision = d.id AND p.decision <> '' WHERE p.id IS NULL
		UNION ALL SELECT coalesce(s.agency, c.agency), 'commit_series ' || coalesce(s.year, c.year), '盲承诺的编号不连续' FROM
			(SELECT agency, year, count(*) AS n, max(seq) AS most, min(seq) AS least FROM pub_commit GROUP BY agency, year) c
			LEFT JOIN commit_series s ON s.agency = c.agency AND s.year = c.year WHERE s.last IS NULL OR s.last <> c.most OR c.n <> c.most OR c.least <> 1
		UNION ALL SELECT s.agency, 'commit_series ' || s.year, '盲承诺不见了' FROM commit_series s WHERE NOT EXISTS (SELECT 1 FROM pub_commit c WHERE c.agency = s.agency AND c.year = s.year)
		UNION ALL SELECT p.agency, 'publication ' || p.id, '没有盲承诺' FROM publication p WHERE p.source = 'case'
			AND NOT EXISTS (SELECT 1 FROM pub_commit c WHERE c.agency = p.agency AND c.year = p.commit_year AND c.seq = p.commit_seq)`},
}
