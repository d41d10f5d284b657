//! What the settings say.

use crate::i18n::messages;

messages! {
    /// What the settings say.
    pub enum SettingsText {
        Keyboard => "Keyboard", "キーボード";
        SingleKeys => "Shortcuts of a single letter", "1 文字のショートカット";
        SingleKeysText => "On the canvas, A adds a card, P opens the palette, W shows all wires. Switch them off if you dictate or type by accident; shortcuts with Ctrl or Alt stay.", "キャンバスでは A でカードを追加し、P でパレットを開き、W ですべての線を表示します。音声入力や誤操作で困る場合はオフにできます。Ctrl や Alt を使うショートカットはそのまま使えます。";
        KeptHere => "Kept in this browser.", "このブラウザーに保存しました。";
        PublicAddress => "Public address", "公開アドレス";
        AddressGiven => "Given when the server was started.", "サーバーの起動時に指定されています。";
        AddressGuessed => "Not given: the server uses the address on which it listens. Start it with --public-url to change that.", "未指定のため、待ち受けアドレスを使用しています。変更するには --public-url を指定して起動してください。";
        HooksOn => "Orgs deliver events where they can reach this address; else events are read from the System Log.", "org がこのアドレスに到達できればイベントを直接受け取り、できなければ System Log から読み取ります。";
        HooksOff => "Orgs are not asked to deliver events: the server was started with --event-hooks off.", "--event-hooks off で起動しているため、org からのイベント配信は使用しません。";
        Retention => "What is kept", "データの保持";
        RetentionRuns => "Runs and their history", "実行と履歴";
        RetentionRunsText => "Kept until they are deleted. A flow that saves no data keeps only its course.", "削除されるまで保持します。データを保存しないフローでは、経過だけが残ります。";
        RetentionTrials => "Runs that try a draft out, and what they ran", "下書きを試した実行と、その内容";
        RetentionFiles => "Files of runs", "実行のファイル";
        RetentionFilesText { n: u32 } => ("{n} day" | "{n} days"), "{n} 日間";
        RetentionAudit => "Audit log", "監査ログ";
        RetentionAuditText => "Kept for good; entries cannot be changed.", "期限なく保持し、変更はできません。";
        About => "About", "このソフトウェアについて";
        Version => "Version", "バージョン";
        Database => "Database", "データベース";
        RunsAtOnce => "Runs at once", "同時実行数";
        Polling => "System Log read every", "System Log の読み取り間隔";
        Documentation => "REST interface (OpenAPI)", "REST インターフェイス（OpenAPI）";
        Licence => "Free software. No feature is held back.", "フリーソフトウェアです。機能の制限はありません。";
    }
}
