//! Words by which people look for a card that are not in its name: what programmers and other products call it, old
//! names, and Japanese words of the same meaning.

/// A card and its words, on each line.
pub(super) const KEYWORDS: &str = "\
control:callable child flow, subflow, function, called by another flow, 子フロー, サブフロー, 呼び出し
control:scheduled cron, timer, every day, daily, hourly, weekly, periodic, 定期実行, 毎日, 毎週, タイマー
http:accept webhook, http trigger, url, rest, invoke, inbound, ウェブフック, 受信
http:delegated admin button, form, run by administrator, 管理者が実行, フォーム
control:noop manual, test, button, start, 手動, テスト
control:if if else, condition, branch, compare, when, 条件, もし, 分岐, 条件分岐
control:branch switch, case, else if, elseif, condition, branch, 条件, もし, 分岐, 条件分岐, 場合分け
control:continueIf stop unless, guard, end flow if, filter, 条件, 続ける, 終了, もし
control:assignIf ternary, conditional value, if else value, 条件, もし, 三項
control:lookup switch, dictionary, case, translate, 対応表, 変換表, 辞書
control:tryCatch try catch, exception, error handling, fail, rescue, エラー処理, 例外, 失敗
control:throw raise, fail, exception, stop with error, 例外, 失敗, 中断
control:throwIf assert, raise, fail if, validate, 例外, 検査, 条件
control:let variable, set, constant, define, 変数, 定数, 代入
control:spawn call child flow, helper, subflow, invoke, run, 子フロー, サブフロー, 実行
control:run call child flow async, background, fire and forget, start flow, 子フロー, 非同期, バックグラウンド
control:return output, result, end, respond, 終了, 結果, 戻り値
control:returnRaw http response, status code, respond, reply, api response, 応答, レスポンス
httpfunctions:close http response, respond early, reply, 応答, レスポンス
control:comment comment, sticky, documentation, annotation, コメント, 付箋, 説明
control:wait delay, sleep, pause, timer, 待つ, 遅延, スリープ, タイマー
control:until delay, sleep until, schedule, date, 待つ, 予定, 日付
control:pause approval, wait for answer, resume, callback, human, 承認, 再開, 一時停止
control:pauseRaw approval, resume, callback, html, 承認, 再開
control:times loop, for, count, iterate, ループ, 回数, 反復
list:each loop, for each, foreach, iterate, for loop, ループ, 反復, 繰り返し, 一件ずつ
list:asyncEach loop, for each, foreach, iterate, parallel, continue on error, ループ, 反復, 繰り返し, 並列
list:map loop, transform, for each, convert list, ループ, 変換, 繰り返し
list:filter where, select, keep if, 絞り込み, 条件
list:find first where, search list, 検索, 条件
list:reduce fold, aggregate, accumulate, sum, loop, 集計, 合計, 畳み込み
object:each loop, for each key, iterate, ループ, 繰り返し
object:map loop, entries, transform, ループ, 変換
object:process loop, transform, ループ, 変換
string:compose template, text, string, format, concatenate, build text, message, 文章, 文字列, テンプレート, 本文
string:concat join, append, plus, merge text, 結合, 文字列, つなぐ
string:find index of, contains, position, search text, 含む, 位置, 文字列
string:lastIndexOf last index of, position, 位置, 文字列
string:length count characters, size, 文字数
string:at char at, character, 文字
string:match regex, regular expression, regexp, extract, 正規表現, 抽出
string:replace substitute, change text, 置き換え, 文字列
string:replaceAny regex replace, regular expression, 正規表現, 置き換え
string:split separate, csv, to list, delimiter, 区切る, 分ける, リスト
string:trim strip, spaces, whitespace, 空白, 削除
string:substr substring, slice, left, right, mid, part of text, 部分文字列, 切り出し
string:toLowerCase lowercase, lcase, downcase, 小文字
string:toUpperCase uppercase, ucase, capital, 大文字
string:email extract email, mail address, メール, 抽出
string:random random password, random string, generate password, ランダム文字列, パスワード生成
string:uniqueId uuid, guid, identifier, 識別子
string:base64 encode base64, エンコード
string:base64Decode decode base64, デコード
math:add plus, sum, 足し算, 合計
math:subtract minus, 引き算
math:multiply times, product, 掛け算
math:divide quotient, 割り算
math:remainder modulo, mod, 余り
math:round round number, 丸め
math:ceil ceiling, 丸め
math:floor integer part, 丸め, 整数
math:increment plus one, counter, カウンター
math:pow exponentiation, square, べき乗
math:larger max, maximum, 最大
math:smaller min, minimum, 最小
math:random random number, dice, 乱数
math:expression calculate, expression, equation, math, 計算, 式
boolean:and both, all, 論理積, かつ
boolean:or either, any, 論理和, または
boolean:xor exclusive or, 排他
boolean:compare equal, greater than, less than, condition, 等しい, 大小, 条件
date:now current time, today, timestamp, 今日, 現在日時, 今
date:add plus days, later, 日付, 日後, 足す
date:subtract minus days, ago, earlier, 日付, 日前, 引く
date:diff days between, duration, age, 日数, 期間, 経過
date:format date to string, format date, 日付, 書式
date:parse string to date, parse date, 日付, 解析
date:fromISO time zone, timezone, タイムゾーン, 時差
date:epoch unix time, milliseconds, timestamp, ミリ秒
date:unix unix time, seconds, timestamp, 秒
date:iso iso 8601, timestamp, 日付
object:construct create object, json, dictionary, body, record, オブジェクト作成, 本文
object:merge combine objects, extend, assign, 統合
object:get read key, property, path, extract, 抽出, キー, プロパティー
object:pick object expand, destructure, extract, select keys, 抽出, キー
object:set write key, add property, change key, キー, プロパティー
object:unset delete key, remove property, キー
object:keys names, property names, 一覧
object:size count keys, 件数
object:clearEmpty compact, remove null, null, 空
list:construct create list, array, 配列, リスト作成
list:push append, add item, 配列, 追加
list:unshift prepend, add item, 配列, 追加
list:length count, number of items, size, 件数, 個数, 数える
list:at item at index, nth, element, 配列, 何番目
list:shift first, head, 最初
list:pop last, tail, 最後
list:sample random item, 無作為
list:filterBy where, select, 絞り込み, 条件
list:findBy search list, first where, 条件
list:includes contains, is in list, member, 存在
list:pluck map key, column, extract, values of, 抽出, 列
list:join join, csv, implode, 連結, 結合
list:groupBy aggregate, bucket, 集計
list:indexBy dictionary, by key, 辞書
list:difference minus, missing, compare lists, 差分, 比較
list:intersection common, both lists, 共通
list:union merge lists, 統合
list:concat append lists, merge lists, 結合
list:uniqueBy distinct, dedupe, unique, 重複排除, 一意
list:sortBy order by, sort list, ソート, 順番
list:reverse backwards, 反転
json:parse json parse, json decode, text to object, json to object, デコード, オブジェクトに変換
json:stringify json encode, object to text, to json, エンコード, テキストに変換
xml:build xml encode, object to xml, 生成
xml:parse xml decode, xml to object, soap, デコード
url:encodeComponent percent encode, uri encode, エンコード
url:decodeComponent percent decode, uri decode, デコード
url:encode query string, form encode, クエリー文字列
url:decode query string, form decode, クエリー文字列
crypto:hmac signature, webhook secret, 署名
crypto:hash sha256, md5, digest, checksum, ダイジェスト
crypto:encrypt cipher, rsa, 暗号
crypto:decrypt decipher, rsa, 復号化
jwt:sign json web token, create token, トークン
jwt:verify json web token, check token, トークン
jwt:decode json web token, read token, トークン
stash:searchRows2 find rows, query table, lookup table, 絞り込み, 表, 照会
stash:createRow insert row, add record, log to table, 挿入, 追加, 表, 記録
stash:updateRow change row, edit record, 変更, 表
stash:upsertRow upsert, insert or update, merge, 表
stash:readRow get row, record, 表
stash:deleteRow remove row, 表
stash:clearTable truncate, empty table, 空にする, 表
stash:readTable columns, schema, 列, 表
stash:exportToCSV spreadsheet, excel, download, report, 表計算, レポート
stash:importFromCSV spreadsheet, excel, upload, 表計算, 取り込み
httpfunctions:get http get, rest, api call, request, fetch, API呼び出し, リクエスト
httpfunctions:post http post, rest, api call, call webhook, send, slack, API呼び出し, リクエスト, 送信
httpfunctions:put http put, rest, api call, API呼び出し, リクエスト
httpfunctions:patch http patch, rest, api call, API呼び出し, リクエスト
httpfunctions:delete http delete, rest, api call, API呼び出し, リクエスト
httpfunctions:raw http request, curl, api connector, soap, API呼び出し, リクエスト
httpfunctions:paginate pages, pagination, next page, link header, ページング
filefunctions:largeDownload fetch file, get file, 取得
filefunctions:create write file, save file, csv, 保存
filefunctions:read open file, file content, 中身
filefunctions:upload send file, 送信
utility:exportFlo backup, git, バックアップ
utility:exportFolder backup, git, バックアップ
okta:hTTPRequest capia, okta api, custom call, raw, rest, API呼び出し, カスタム
okta:createUser new user, add user, onboard, joiner, hire, 新規ユーザー, 追加, 入社
okta:readUser get user, look up user, profile, 取得, 参照, プロファイル
okta:updateUser change user, edit profile, modify, mover, 変更, 異動, プロファイル
okta:searchUsers search users, query, 絞り込み
okta:deactivateUser offboard, leaver, terminate, disable user, 退職, 無効化, オフボーディング
okta:activateUser enable user, 有効化
okta:suspendUser disable user, block, lock, freeze, 停止, ブロック, 無効化
okta:unsuspendUser enable user, unblock, resume, 再開, 解除, 有効化
okta:deleteUser remove user, 消去
okta:clearUserSessions sign out, log out, kick, revoke sessions, サインアウト, ログアウト, セッション無効化
okta:resetPassword forgot password, expire password, パスワード再設定, 再発行
okta:addNewUserToGroup join group, member, assign group, メンバー追加, 参加
okta:removeUserFromGroup leave group, member, メンバー削除, 脱退
okta:listGroupMembers users of group, members, メンバー
okta:getUsersGroups groups of user, memberships, 所属グループ, 所属
okta:searchSystemLogs audit log, events, system log, 監査ログ
okta:setLinkedObjectValueForPrimary manager, relationship, 上司, 関係
okta:getPrimaryLinkedObjectValue manager, relationship, 上司, 関係
okta:userCreated new user, joiner, hire, onboard, 新規ユーザー, 入社
okta:userDeactivated leaver, terminated, offboard, 退職, 無効化
okta:userAccountLocked lockout, ロックアウト
okta:userSignedInAttempt login, log in, authentication, ログイン, 認証
okta:userSignedOut logout, log out, ログアウト
okta:oktaUserProfileUpdated attribute changed, mover, 属性, 変更, 異動
okta:userReportedSuspiciousActivityBeta phishing, security, threat, 不審, 脅威
active_directory:searchUsers ad, ldap, find users, filter, query, lookup, ディレクトリ, 検索, フィルター
active_directory:readUser ad, ldap, get user, fetch, lookup, ディレクトリ, 取得
active_directory:fullImport ad, ldap, sync, synchronize, 同期, 取り込み, 全件
active_directory:incrementalImport ad, ldap, sync, delta, changes, 同期, 取り込み, 差分
active_directory:signIn ad, ldap, jit, login, bind, authenticate, password check, ログイン, 認証
active_directory:mapAttributes ad, ldap, mapping, preview, transform, マッピング, 変換
active_directory:updateUser ad, ldap, write back, writeback, modify, 書き戻し, 変更
active_directory:importStarted ad, ldap, sync, 同期, 取り込み
active_directory:importCompleted ad, ldap, sync, finished, 同期, 取り込み
active_directory:importRoadblock ad, ldap, safeguard, stopped, セーフガード, 取り込み
expression:evaluate okta expression language, spel, el, mapping expression, formula, 式言語, 計算";
