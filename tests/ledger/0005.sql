BEGIN TRANSACTION;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE aliases (
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	entry TEXT NOT NULL,
	PRIMARY KEY (kind, value),
	FOREIGN KEY(entry) REFERENCES entries (id)
);
INSERT INTO "aliases" VALUES('page','late.txt','tag:desk.test,2026:p35c6akb6yc5');
INSERT INTO "aliases" VALUES('opening','7spw7hn4z3shfn6mzxqxt3gj4hfadmqwoupkvs23oxzzjdqtgh4q','tag:desk.test,2026:p35c6akb6yc5');
INSERT INTO "aliases" VALUES('page','bell.txt','tag:desk.test,2026:pl6tdkrlm7fc');
INSERT INTO "aliases" VALUES('opening','yxeuria7vzc3quulxqzkz7gk3nlnjh77w4cmzktgwsxuxlmk7ntq','tag:desk.test,2026:pl6tdkrlm7fc');
INSERT INTO "aliases" VALUES('headline','fllqkyftoyc4bq67377qvatoiwa5x5wzgkrgll3fk6wsh2u2fszq','tag:desk.test,2026:6ujnw2lhft3y');
INSERT INTO "aliases" VALUES('headline','rwgji4hcmguanfxefdja7ayo2uod6mz77tcbx6723vjsi6yijvda','tag:desk.test,2026:vrt7cdbk2krh');
INSERT INTO "aliases" VALUES('headline','wnnkb7onacn5zootqylnchaufm5u63cbgkuudcevrgaevt44pdla','tag:desk.test,2026:3te7y3inoukq');
CREATE TABLE archived (
	feed TEXT NOT NULL,
	entry TEXT NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (feed, entry),
	FOREIGN KEY(entry) REFERENCES entries (id)
);
INSERT INTO "archived" VALUES('latest','tag:desk.test,2026:p35c6akb6yc5',0);
INSERT INTO "archived" VALUES('latest','tag:desk.test,2026:pl6tdkrlm7fc',0);
INSERT INTO "archived" VALUES('latest','tag:desk.test,2026:6ujnw2lhft3y',0);
INSERT INTO "archived" VALUES('latest','tag:desk.test,2026:vrt7cdbk2krh',0);
INSERT INTO "archived" VALUES('latest','tag:desk.test,2026:3te7y3inoukq',0);
CREATE TABLE archives (
	feed TEXT NOT NULL,
	number INTEGER NOT NULL,
	format TEXT NOT NULL,
	content_type TEXT NOT NULL,
	gzip BLOB NOT NULL,
	etag TEXT NOT NULL,
	last_modified DATETIME NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (feed, number, format),
	FOREIGN KEY(revision) REFERENCES revisions (number)
);
CREATE TABLE audience (
	day TEXT NOT NULL,
	feed TEXT NOT NULL,
	client TEXT NOT NULL,
	kind TEXT NOT NULL,
	subscribers INTEGER NOT NULL,
	polls INTEGER NOT NULL,
	unchanged INTEGER NOT NULL,
	size INTEGER NOT NULL,
	saved INTEGER NOT NULL,
	PRIMARY KEY (day, feed, client)
);
CREATE TABLE audience_parts (
	sequence INTEGER NOT NULL,
	day TEXT NOT NULL,
	recorded DATETIME NOT NULL,
	salt BLOB NOT NULL,
	marks BLOB NOT NULL,
	groups BLOB NOT NULL,
	PRIMARY KEY (sequence)
);
CREATE TABLE decisions (
	sequence INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	decision TEXT NOT NULL,
	decided DATETIME NOT NULL,
	entry TEXT,
	duplicate TEXT,
	done BOOLEAN DEFAULT 0 NOT NULL,
	PRIMARY KEY (sequence),
	UNIQUE ("key"),
	FOREIGN KEY(entry) REFERENCES entries (id),
	FOREIGN KEY(duplicate) REFERENCES entries (id)
);
INSERT INTO "decisions" VALUES(1,'6f33b50d87e862384c2791993f1a1c72.1','{"action":"correct","entry":"tag:desk.test,2026:pl6tdkrlm7fc","authors":["Ida Holm"],"who":"Ida","when":"2026-01-14T10:00:00Z","key":"6f33b50d87e862384c2791993f1a1c72.1","line":1}','2026-01-14 10:00:00.000000','tag:desk.test,2026:pl6tdkrlm7fc',NULL,0);
CREATE TABLE documents (
	feed TEXT NOT NULL,
	format TEXT NOT NULL,
	content_type TEXT NOT NULL,
	body BLOB NOT NULL,
	etag TEXT NOT NULL,
	last_modified DATETIME NOT NULL,
	revision INTEGER NOT NULL,
	gzip BLOB,
	brotli BLOB,
	PRIMARY KEY (feed, format),
	FOREIGN KEY(revision) REFERENCES revisions (number)
);
CREATE TABLE entries (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	hash TEXT NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	entered DATETIME NOT NULL,
	updated DATETIME NOT NULL,
	stated TEXT,
	published DATETIME,
	captured DATETIME,
	ordered DATETIME NOT NULL,
	rank INTEGER NOT NULL,
	authors TEXT NOT NULL,
	summary TEXT NOT NULL,
	content TEXT NOT NULL,
	url TEXT,
	language TEXT,
	categories TEXT NOT NULL,
	image TEXT,
	evidence TEXT NOT NULL,
	revision INTEGER NOT NULL,
	guid TEXT DEFAULT '' NOT NULL,
	standing TEXT DEFAULT 'live' NOT NULL,
	title_key TEXT DEFAULT '' NOT NULL,
	content_hash TEXT DEFAULT '' NOT NULL,
	hidden TEXT DEFAULT '' NOT NULL,
	notice TEXT DEFAULT '' NOT NULL,
	trace TEXT DEFAULT '[]' NOT NULL,
	objection TEXT DEFAULT '' NOT NULL,
	withdrawn BOOLEAN DEFAULT 0 NOT NULL,
	told TEXT,
	keeper TEXT,
	gone DATETIME,
	UNIQUE (id),
	UNIQUE (hash)
);
INSERT INTO "entries" VALUES(1,'tag:desk.test,2026:p35c6akb6yc5','p35c6akb6yc5','article','T','2026-01-14 09:30:00.000000','2026-01-14 09:30:00.000000',NULL,NULL,NULL,'2026-01-14 09:30:00.000000',0,'["Nora Lind"]','A text.','<p>A text.</p>',NULL,NULL,'[]',NULL,'{"title":{"file":"late.txt","line":1,"rule":"first line"},"published":{"file":"late.txt","line":0,"rule":"unknown: the page states no date for the article"},"authors":{"file":"late.txt","line":3,"rule":"byline below the text"},"paragraphs":{"file":"late.txt","line":2,"rule":"lines of the text"}}',1,'','live','','1:7spw7hn4z3shfn6mzxqxt3gj4h','','','[]','',0,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(2,'tag:desk.test,2026:pl6tdkrlm7fc','pl6tdkrlm7fc','article','Bell hangs in its tower again after nine years','2026-01-14 09:30:00.000000','2026-01-14 08:00:00.000000',NULL,NULL,'2026-01-14 08:00:00.000000','2026-01-14 08:00:00.000000',0,'["Ida Holm"]','After its long absence the harbour bell hangs again, delivered in a crate that two men carried.','<p>After its long absence the harbour bell hangs again, delivered in a crate that two men carried.</p>
<p>Nobody at the office could say who had paid for the crate, or where the bell had hung since.</p>',NULL,NULL,'[]',NULL,'{"title":{"file":"bell.txt","line":1,"rule":"first line"},"published":{"file":"bell.txt","line":0,"rule":"unknown: the page states no date for the article"},"authors":{"file":"decisions.toml","line":1,"rule":"decided by Ida"},"paragraphs":{"file":"bell.txt","line":3,"rule":"lines of the text"}}',1,'','live','qxi2v5ebjtlfuqou73s76mrw55','1:2ivhrfwzopi2p6h5cjmnyjiczl','','','[]','',0,'{"id":"tag:desk.test,2026:pl6tdkrlm7fc","kind":"article","title":"Bell hangs in its tower again after nine years","entered":"2026-01-14T09:30:00Z","updated":"2026-01-14T08:00:00Z","stated":null,"published":null,"captured":"2026-01-14T08:00:00Z","rank":0,"authors":["Nora Lind"],"summary":"After its long absence the harbour bell hangs again, delivered in a crate that two men carried.","content":"<p>After its long absence the harbour bell hangs again, delivered in a crate that two men carried.</p>\n<p>Nobody at the office could say who had paid for the crate, or where the bell had hung since.</p>","url":null,"language":null,"categories":[],"image":null,"evidence":{"title":{"file":"bell.txt","line":1,"rule":"first line"},"published":{"file":"bell.txt","line":0,"rule":"unknown: the page states no date for the article"},"authors":{"file":"bell.txt","line":5,"rule":"byline below the text"},"paragraphs":{"file":"bell.txt","line":3,"rule":"lines of the text"}},"guid":"","standing":"live","withdrawn":false,"hidden":"","trace":[]}',NULL,NULL);
INSERT INTO "entries" VALUES(3,'tag:desk.test,2026:6ujnw2lhft3y','6ujnw2lhft3y','headline','Pilot boat gets another engine','2026-01-14 09:30:00.000000','2026-01-09 08:00:00.000000','{"iso":"2026-01-09","precision":"day"}','2026-01-09 08:00:00.000000',NULL,'2026-01-09 08:00:00.000000',1,'[]','','',NULL,NULL,'[]',NULL,'{"title":{"file":"bell.txt","line":6,"rule":"headline in the list"},"published":{"file":"bell.txt","line":7,"rule":"date below the headline"}}',1,'','live','b57uij2qxz7iiuq7sbzl5p4jue','1:y5bmh5udlpec75vd2x52553utu','','','[]','',0,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(4,'tag:desk.test,2026:vrt7cdbk2krh','vrt7cdbk2krh','headline','Budget of the harbour office is passed','2026-01-14 09:30:00.000000','2026-01-08 08:00:00.000000','{"iso":"2026-01-08","precision":"day"}','2026-01-08 08:00:00.000000',NULL,'2026-01-08 08:00:00.000000',2,'[]','','',NULL,NULL,'[]',NULL,'{"title":{"file":"bell.txt","line":8,"rule":"headline in the list"},"published":{"file":"bell.txt","line":9,"rule":"date below the headline"}}',1,'','live','34dblnibp4rtqe7eho7hhvixo5','1:vi6agg6hnyp6ex7fdnqs3v572j','','','[]','',0,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(5,'tag:desk.test,2026:3te7y3inoukq','3te7y3inoukq','headline','Ferry to run at night','2026-01-14 09:30:00.000000','2026-01-08 07:59:00.000000','{"iso":"2026-01-08","precision":"day"}','2026-01-08 07:59:00.000000',NULL,'2026-01-08 07:59:00.000000',3,'[]','','',NULL,NULL,'[]',NULL,'{"title":{"file":"bell.txt","line":10,"rule":"headline in the list"},"published":{"file":"bell.txt","line":11,"rule":"date below the headline"}}',1,'','live','amm4mgspolmyaxh75bd3r3r24p','1:he24pex7knovjqskf6ouvuik2q','','','[]','',0,NULL,NULL,NULL);
CREATE TABLE held (
	path TEXT NOT NULL,
	line INTEGER NOT NULL,
	title TEXT NOT NULL,
	why TEXT NOT NULL,
	remedy TEXT NOT NULL,
	until DATETIME,
	since DATETIME NOT NULL,
	PRIMARY KEY (path, line),
	FOREIGN KEY(path) REFERENCES readings (path)
);
INSERT INTO "held" VALUES('late.txt',4,'Head of a list','its date 2026-01-20 is in the future','correct the date, or wait: it is published when that day comes','2026-01-19 20:00:00.000000','2026-01-14 09:30:00.000000');
CREATE TABLE history (
	sequence INTEGER NOT NULL,
	entry TEXT NOT NULL,
	revision INTEGER NOT NULL,
	moment DATETIME NOT NULL,
	what TEXT NOT NULL,
	PRIMARY KEY (sequence),
	FOREIGN KEY(entry) REFERENCES entries (id)
);
INSERT INTO "history" VALUES(1,'tag:desk.test,2026:p35c6akb6yc5',1,'2026-01-14 09:30:00.000000','entered: never seen before (late.txt:1)');
INSERT INTO "history" VALUES(2,'tag:desk.test,2026:pl6tdkrlm7fc',1,'2026-01-14 09:30:00.000000','entered: never seen before (bell.txt:1)');
INSERT INTO "history" VALUES(3,'tag:desk.test,2026:6ujnw2lhft3y',1,'2026-01-14 09:30:00.000000','entered: never seen before (bell.txt:6)');
INSERT INTO "history" VALUES(4,'tag:desk.test,2026:vrt7cdbk2krh',1,'2026-01-14 09:30:00.000000','entered: never seen before (bell.txt:8)');
INSERT INTO "history" VALUES(5,'tag:desk.test,2026:3te7y3inoukq',1,'2026-01-14 09:30:00.000000','entered: never seen before (bell.txt:10)');
INSERT INTO "history" VALUES(6,'tag:desk.test,2026:pl6tdkrlm7fc',2,'2026-01-14 10:30:00.000000','corrected');
CREATE TABLE listed (
	path TEXT NOT NULL,
	position INTEGER NOT NULL,
	entry TEXT NOT NULL,
	PRIMARY KEY (path, position),
	FOREIGN KEY(entry) REFERENCES entries (id)
);
INSERT INTO "listed" VALUES('bell.txt',1,'tag:desk.test,2026:6ujnw2lhft3y');
INSERT INTO "listed" VALUES('bell.txt',2,'tag:desk.test,2026:vrt7cdbk2krh');
INSERT INTO "listed" VALUES('bell.txt',3,'tag:desk.test,2026:3te7y3inoukq');
CREATE TABLE members (
	feed TEXT NOT NULL,
	position INTEGER NOT NULL,
	entry TEXT NOT NULL,
	PRIMARY KEY (feed, position),
	FOREIGN KEY(entry) REFERENCES entries (id)
);
INSERT INTO "members" VALUES('latest',0,'tag:desk.test,2026:p35c6akb6yc5');
INSERT INTO "members" VALUES('latest',1,'tag:desk.test,2026:pl6tdkrlm7fc');
INSERT INTO "members" VALUES('latest',2,'tag:desk.test,2026:6ujnw2lhft3y');
INSERT INTO "members" VALUES('latest',3,'tag:desk.test,2026:vrt7cdbk2krh');
INSERT INTO "members" VALUES('latest',4,'tag:desk.test,2026:3te7y3inoukq');
CREATE TABLE outbox (
	hub TEXT NOT NULL,
	topic TEXT NOT NULL,
	revision INTEGER NOT NULL,
	since DATETIME NOT NULL,
	due DATETIME NOT NULL,
	attempts INTEGER DEFAULT '0' NOT NULL,
	failure TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (hub, topic)
);
CREATE TABLE readings (
	path TEXT NOT NULL,
	signature TEXT NOT NULL,
	modified DATETIME NOT NULL,
	sha256 TEXT,
	reader_version INTEGER,
	captured TEXT DEFAULT '' NOT NULL,
	reading TEXT,
	failure TEXT,
	decided BOOLEAN NOT NULL,
	told BOOLEAN NOT NULL,
	missing_since DATETIME,
	outside TEXT DEFAULT '' NOT NULL,
	secret BOOLEAN DEFAULT 0 NOT NULL,
	PRIMARY KEY (path)
);
INSERT INTO "readings" VALUES('bell.txt','399:0:0:0','2026-01-20 12:00:00.000000','42572955568f2f254396a7139e92a0b6397357f7e32d48c45936354b9b92e59d',4,'2026-01-14','{"page":"bell.txt","encoding":"utf-8","reader_version":4,"article":{"kind":"article","title":"Bell hangs in its tower again after nine years","line":1,"authors":["Nora Lind"],"paragraphs":["After its long absence the harbour bell hangs again, delivered in a crate that two men carried.","Nobody at the office could say who had paid for the crate, or where the bell had hung since."],"evidence":{"title":{"file":"bell.txt","line":1,"rule":"first line"},"published":{"file":"bell.txt","line":0,"rule":"unknown: the page states no date for the article"},"authors":{"file":"bell.txt","line":5,"rule":"byline below the text"},"paragraphs":{"file":"bell.txt","line":3,"rule":"lines of the text"}}},"latest":[{"kind":"headline","title":"Pilot boat gets another engine","line":6,"published":{"iso":"2026-01-09","precision":"day"},"evidence":{"title":{"file":"bell.txt","line":6,"rule":"headline in the list"},"published":{"file":"bell.txt","line":7,"rule":"date below the headline"}}},{"kind":"headline","title":"Budget of the harbour office is passed","line":8,"published":{"iso":"2026-01-08","precision":"day"},"evidence":{"title":{"file":"bell.txt","line":8,"rule":"headline in the list"},"published":{"file":"bell.txt","line":9,"rule":"date below the headline"}}},{"kind":"headline","title":"Ferry to run at night","line":10,"published":{"iso":"2026-01-08","precision":"day"},"evidence":{"title":{"file":"bell.txt","line":10,"rule":"headline in the list"},"published":{"file":"bell.txt","line":11,"rule":"date below the headline"}}}],"captured":{"iso":"2026-01-14","precision":"day"},"captured_evidence":{"file":"bell.txt","line":13,"rule":"date on the last line, below a blank one"},"dropped":[{"line":6,"text":"Latest news","rule":"heading of the list"}]}',NULL,1,1,NULL,'',0);
INSERT INTO "readings" VALUES('late.txt','58:0:0:0','2026-01-20 12:00:00.000000','d7039427f5388a5f41c9c73ac8688a98a1e14f6a24c95d21dab7278dc549474c',4,'','{"page":"late.txt","encoding":"utf-8","reader_version":4,"article":{"kind":"article","title":"T","line":1,"authors":["Nora Lind"],"paragraphs":["A text."],"evidence":{"title":{"file":"late.txt","line":1,"rule":"first line"},"published":{"file":"late.txt","line":0,"rule":"unknown: the page states no date for the article"},"authors":{"file":"late.txt","line":3,"rule":"byline below the text"},"paragraphs":{"file":"late.txt","line":2,"rule":"lines of the text"}}},"latest":[{"kind":"headline","title":"Head of a list","line":4,"published":{"iso":"2026-01-20","precision":"day"},"evidence":{"title":{"file":"late.txt","line":4,"rule":"headline in the list"},"published":{"file":"late.txt","line":5,"rule":"date below the headline"}}}],"dropped":[{"line":4,"text":"Latest news","rule":"heading of the list"}]}',NULL,1,1,NULL,'',0);
CREATE TABLE revisions (
	number INTEGER NOT NULL,
	committed DATETIME NOT NULL,
	entered INTEGER NOT NULL,
	corrected INTEGER NOT NULL,
	documents INTEGER NOT NULL,
	site TEXT NOT NULL,
	render_key TEXT NOT NULL,
	accepted TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (number)
);
INSERT INTO "revisions" VALUES(1,'2026-01-14 09:30:00.000000',5,0,3,'{"title":"Harbour Desk","site_url":"https://desk.test/","feeds_url":"https://desk.test/feeds/","authority":"desk.test,2026","timezone":"Asia/Baku","description":"News from the quay.","language":"en","feeds":[{"name":"latest","title":"Harbour Desk: latest","archive":true}]}','2a6c5c22191114a059c85d09033413dd53ebb54419a813816339c997c7e3c345','');
INSERT INTO "revisions" VALUES(2,'2026-01-14 10:30:00.000000',0,1,3,'{"title":"Harbour Desk","site_url":"https://desk.test/","feeds_url":"https://desk.test/feeds/","authority":"desk.test,2026","timezone":"Asia/Baku","description":"News from the quay.","language":"en","feeds":[{"name":"latest","title":"Harbour Desk: latest","archive":true}]}','2a6c5c22191114a059c85d09033413dd53ebb54419a813816339c997c7e3c345','');
CREATE TABLE settings (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('authority','desk.test,2026');
INSERT INTO "settings" VALUES('fingerprints','1');
INSERT INTO "settings" VALUES('outside','8da3f1375f04460f81d862520aaf74a6d602426b9ed16053b3c3517bfcdb1ce5');
INSERT INTO "settings" VALUES('archives','{"latest":["a6e654267a291d35f14527bd902a9b0e","76bb1410e2b78bd42123ece4e5937fc6"]}');
INSERT INTO "settings" VALUES('decisions','3b56c4bb7087f4c735572cddb22ff267374d8be4563a02be2f171ef6595471e3');
CREATE INDEX ix_audience_parts_day ON audience_parts (day);
CREATE INDEX entries_by_arrival ON entries (entered);
CREATE INDEX entries_by_headline ON entries (title_key);
CREATE INDEX entries_gone ON entries (gone);
CREATE INDEX entries_in_order ON entries (ordered DESC, rank, id);
CREATE INDEX ix_aliases_entry ON aliases (entry);
CREATE INDEX archived_entry ON archived (entry);
CREATE INDEX archived_in_order ON archived (feed, number);
CREATE INDEX ix_decisions_duplicate ON decisions (duplicate);
CREATE INDEX ix_decisions_entry ON decisions (entry);
CREATE INDEX ix_history_entry ON history (entry);
CREATE INDEX ix_listed_entry ON listed (entry);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('entries',5);
COMMIT;
