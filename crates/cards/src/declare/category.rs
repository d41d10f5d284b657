//! The headings of the palette, and what the cards under each look like.

use flow::Family;

use super::{Words, words};

/// A heading of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Category {
    Start,
    Okta,
    ActiveDirectory,
    Branching,
    ErrorHandling,
    FlowControl,
    Text,
    Number,
    TrueFalse,
    DateTime,
    Object,
    List,
    Tables,
    ApiConnector,
    File,
    Json,
    Xml,
    Url,
    Encryption,
    Jwt,
    Flows,
    Folders,
}

impl Category {
    pub(crate) const fn words(self) -> Words {
        match self {
            Self::Start => words("Start", "開始"),
            Self::Okta => words("Okta", "Okta"),
            Self::ActiveDirectory => words("Active Directory", "Active Directory"),
            Self::Branching => words("Branching", "分岐"),
            Self::ErrorHandling => words("Error Handling", "エラー処理"),
            Self::FlowControl => words("Flow Control", "フロー制御"),
            Self::Text => words("Text", "テキスト"),
            Self::Number => words("Number", "数値"),
            Self::TrueFalse => words("True/False", "真偽"),
            Self::DateTime => words("Date & Time", "日時"),
            Self::Object => words("Object", "オブジェクト"),
            Self::List => words("List", "リスト"),
            Self::Tables => words("Tables", "テーブル"),
            Self::ApiConnector => words("API Connector", "APIコネクター"),
            Self::File => words("File", "ファイル"),
            Self::Json => words("JSON", "JSON"),
            Self::Xml => words("XML", "XML"),
            Self::Url => words("URL", "URL"),
            Self::Encryption => words("Encryption", "暗号化"),
            Self::Jwt => words("JWT", "JWT"),
            Self::Flows => words("Flows", "フロー"),
            Self::Folders => words("Folders", "フォルダー"),
        }
    }

    pub(crate) const fn family(self) -> Family {
        match self {
            Self::Start => Family::Event,
            Self::Okta => Family::Okta,
            Self::Branching | Self::ErrorHandling | Self::FlowControl | Self::TrueFalse => {
                Family::Logic
            }
            Self::Text => Family::Text,
            Self::Number
            | Self::Object
            | Self::File
            | Self::Json
            | Self::Xml
            | Self::Encryption
            | Self::Jwt
            | Self::Flows
            | Self::Folders => Family::Data,
            Self::DateTime => Family::Time,
            Self::List => Family::List,
            Self::Tables => Family::Table,
            Self::ActiveDirectory | Self::ApiConnector | Self::Url => Family::Http,
        }
    }

    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Self::Start => "play",
            Self::Okta => "user",
            Self::ActiveDirectory => "server",
            Self::Branching => "split",
            Self::ErrorHandling => "shield-alert",
            Self::FlowControl => "workflow",
            Self::Text => "type",
            Self::Number => "calculator",
            Self::TrueFalse => "toggle-left",
            Self::DateTime => "calendar",
            Self::Object => "braces",
            Self::List => "list",
            Self::Tables => "table",
            Self::ApiConnector => "globe",
            Self::File => "file",
            Self::Json => "file-json",
            Self::Xml => "code",
            Self::Url => "link",
            Self::Encryption => "lock",
            Self::Jwt => "key-round",
            Self::Flows => "workflow",
            Self::Folders => "folder",
        }
    }
}
