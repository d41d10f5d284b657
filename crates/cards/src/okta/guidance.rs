//! What somebody who uses a card should know beside what it does: Okta's limits, what a search compares, what is refused.
//! It is part of the card's help.

use crate::declare::{Words, words};

/// Lists of 200.
pub(super) const LIST: Words = words(
    "A list ends at 200 records: choose Stream to hand every record to a helper flow with the inputs Record and State. Each page counts against the org's rate limit; the run waits when it is used up.",
    "一覧は200件までです。すべてのレコードを処理するには「ストリーミング」を選び、RecordとStateの入力を持つヘルパーフローに渡します。ページごとに組織のレート制限を消費し、使い切ると実行は待機します。",
);
/// Lists of 500.
pub(super) const LIST_500: Words = words(
    "A list ends at 500 records: choose Stream to hand every record to a helper flow with the inputs Record and State. Each page counts against the org's rate limit; the run waits when it is used up.",
    "一覧は500件までです。すべてのレコードを処理するには「ストリーミング」を選び、RecordとStateの入力を持つヘルパーフローに渡します。ページごとに組織のレート制限を消費し、使い切ると実行は待機します。",
);
pub(super) const FIND_USERS: Words = words(
    "Deactivated users are not found, and there is one page only, of at most 200 users.",
    "非アクティブ化されたユーザーは見つかりません。結果は1ページのみで、最大200件です。",
);
pub(super) const FILTER: Words = words(
    "Inputs are joined with and. A filter knows these attributes only, compares for equality, and minds upper and lower case; Last Updated can also be compared with gt, ge, lt and le in Custom Filter.",
    "入力はandで結合されます。フィルターで使えるのはこれらの属性だけで、完全一致で比較し、大文字と小文字を区別します。最終更新は、カスタムフィルターでgt、ge、lt、leも使えます。",
);
pub(super) const SEARCH_USERS: Words = words(
    "Inputs are compared for equality and joined with and; Custom Search Criteria takes any expression, such as profile.department sw \"S\". Results can lag some seconds behind a change.",
    "入力は完全一致で比較され、andで結合されます。カスタム検索条件には profile.department sw \"S\" のような式を指定できます。検索結果への変更の反映には数秒かかることがあります。",
);
pub(super) const SEARCH_GROUPS: Words = words(
    "Each input is compared for equality; without any, every group is found. Use Custom Search Criteria for other comparisons, such as profile.name sw \"S\".",
    "各入力は完全一致で比較されます。入力がない場合はすべてのグループが対象です。profile.name sw \"S\" などの比較にはカスタム検索条件を使います。",
);
pub(super) const SEARCH_RULES: Words = words(
    "The text is a keyword: rules that only mention it are found too. Compare the name afterwards.",
    "テキストはキーワードとして扱われ、それを含むだけのルールも見つかります。必要に応じて名前を後で比較してください。",
);
pub(super) const SEARCH_LOG: Words = words(
    "A keyword matches whole words only and has at most 40 characters. Give Since and Until to get a fixed span: without them it is the last seven days. Events are kept for 90 days.",
    "キーワードは単語全体に一致し、40文字までです。期間を固定するには開始日時と終了日時を指定します。指定がない場合は直近7日間です。イベントは90日間保持されます。",
);
pub(super) const CREATE_USER: Words = words(
    "At most 20 groups can be given, and not Everyone.",
    "指定できるグループは最大20個で、Everyoneは指定できません。",
);
pub(super) const ACTIVATE_USER: Words = words(
    "The user has to be staged or deactivated.",
    "対象はステージング済み、または非アクティブ化されたユーザーです。",
);
pub(super) const DEACTIVATE_USER: Words = words(
    "A user who is deactivated already is refused. The email goes to administrators, not to the user.",
    "すでに非アクティブなユーザーは拒否されます。メールはユーザーではなく管理者に送られます。",
);
pub(super) const RESET_PASSWORD: Words = words(
    "The link is given only when no email is sent and the user is not converted.",
    "リンクが得られるのは、メールを送信せず、フェデレーションユーザーへの変換もしない場合だけです。",
);
pub(super) const CLEAR_SESSIONS: Words = words(
    "Sessions that applications keep themselves go on.",
    "アプリケーション自身が保持するセッションは終了しません。",
);
pub(super) const MEMBERS: Words = words(
    "Only groups of the type OKTA_GROUP can be changed: applications keep theirs, and built-in groups refuse.",
    "変更できるのはOKTA_GROUPタイプのグループだけです。アプリケーションのグループや組み込みグループは変更できません。",
);
pub(super) const UPDATE_RULE: Words = words(
    "The rule must be inactive. Excluded users stay as they are when you give none. Okta does not change the groups of a rule that exists.",
    "ルールは非アクティブである必要があります。除外するユーザーは、指定しなければそのまま残ります。既存のルールの割り当て先グループは変更されません。",
);
pub(super) const ASSIGNED_USER: Words = words(
    "A user who is not assigned is an error with the status 404.",
    "割り当てられていないユーザーの場合は、ステータス404のエラーになります。",
);
pub(super) const UPDATE_APP_PROFILE: Words = words(
    "With credentials as well it makes two calls.",
    "資格情報も指定した場合は、呼び出しを2回行います。",
);
pub(super) const NO_LINK: Words = words(
    "Where there is no link it gives nothing, and that is no error.",
    "リンクがない場合は値が空になり、エラーにはなりません。",
);
pub(super) const DELETE_LINK: Words = words(
    "It is no error when there is no link.",
    "リンクがない場合でもエラーにはなりません。",
);
pub(super) const CREATE_SESSION: Words = words(
    "A source has one open session at a time; Okta refuses another within five minutes. A session that is left alone expires after 24 hours.",
    "開いているセッションはソースごとに1つだけで、5分以内の再作成は拒否されます。使われないセッションは24時間で期限切れになります。",
);
pub(super) const TRIGGER_SESSION: Words = words(
    "Send users with Bulk User Import first: a session without any is refused.",
    "先に「一括ユーザーインポート」でユーザーを送信します。ユーザーがないセッションは拒否されます。",
);
pub(super) const DELETE_SESSION: Words = words(
    "Only a session that has not been triggered can be deleted.",
    "削除できるのは、トリガーされていないセッションだけです。",
);
pub(super) const BULK_IMPORT: Words = words(
    "A call takes 200 users or 200 KB, and a session 50 calls; more is refused before anything is sent.",
    "1回の呼び出しは200ユーザーまたは200 KBまで、1セッションは50回までです。超える場合は送信前に拒否されます。",
);
pub(super) const MAP_SOURCE: Words = words(
    "Okta takes texts only: numbers become texts, and objects, lists and empty values are left out.",
    "Oktaが受け付けるのはテキストだけです。数値はテキストに変換され、オブジェクト、リスト、空の値は除かれます。",
);
pub(super) const CUSTOM: Words = words(
    "Headers that sign in or name a host are refused. GET(Streaming) follows the pages of a list and hands every record to a helper flow. All calls count against the rate limit of their endpoint.",
    "認証やホストを指定するヘッダーは使えません。GET(Streaming)は一覧のページをたどり、各レコードをヘルパーフローに渡します。すべての呼び出しは、そのエンドポイントのレート制限の対象です。",
);
pub(super) const UPDATE_GROUP: Words = words(
    "What you do not give stays as it is.",
    "指定しない属性はそのまま残ります。",
);
pub(super) const UPDATE_USER: Words = words(
    "Partial changes only what you give; Strict replaces the whole profile and clears the rest.",
    "「部分的」は指定した属性だけを変更します。「厳密」はプロファイル全体を置き換え、残りを消去します。",
);
pub(super) const DELETE_USER: Words = words(
    "A user who is not deactivated yet is only deactivated: run it once more to delete.",
    "まだ非アクティブでないユーザーは、非アクティブ化されるだけです。削除するにはもう一度実行します。",
);
pub(super) const REMOVE_APP_USER: Words = words(
    "The attributes that the user has in the application are lost.",
    "アプリケーション内のユーザーの属性は失われます。",
);
