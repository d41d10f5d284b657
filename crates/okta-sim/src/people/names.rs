//! Invented names. Any likeness to real people is chance.

/// A given name in Latin letters, and as it is written where it is at home.
pub(super) type Name = (&'static str, &'static str);

pub(super) const JAPANESE_GIVEN: [Name; 24] = [
    ("Haruka", "遥"), ("Ren", "蓮"), ("Sakura", "桜"), ("Takumi", "匠"), ("Yui", "結衣"), ("Daiki", "大輝"),
    ("Misaki", "美咲"), ("Kenta", "健太"), ("Aoi", "葵"), ("Shota", "翔太"), ("Nanami", "七海"), ("Yuto", "悠斗"),
    ("Mei", "芽衣"), ("Kaito", "海斗"), ("Rin", "凛"), ("Ryo", "涼"), ("Hinata", "陽向"), ("Sora", "空"),
    ("Chika", "千佳"), ("Naoki", "直樹"), ("Emi", "恵美"), ("Tsubasa", "翼"), ("Mana", "愛"), ("Jun", "純"),
];

pub(super) const JAPANESE_FAMILY: [Name; 22] = [
    ("Sato", "佐藤"), ("Suzuki", "鈴木"), ("Takahashi", "高橋"), ("Tanaka", "田中"), ("Ito", "伊藤"),
    ("Watanabe", "渡辺"), ("Yamamoto", "山本"), ("Nakamura", "中村"), ("Kobayashi", "小林"), ("Kato", "加藤"),
    ("Yoshida", "吉田"), ("Yamada", "山田"), ("Sasaki", "佐々木"), ("Matsumoto", "松本"), ("Inoue", "井上"),
    ("Kimura", "木村"), ("Hayashi", "林"), ("Shimizu", "清水"), ("Mori", "森"), ("Ikeda", "池田"),
    ("Hashimoto", "橋本"), ("Okada", "岡田"),
];

pub(super) const OTHER_GIVEN: [Name; 30] = [
    ("Alice", ""), ("Ben", ""), ("Chloé", ""), ("Daniel", ""), ("Elena", ""), ("Farid", ""), ("Grace", ""),
    ("Hugo", ""), ("Isla", ""), ("Jonas", ""), ("Kavya", ""), ("Liam", ""), ("Marta", ""), ("Noah", ""),
    ("Orla", ""), ("Pablo", ""), ("Quinn", ""), ("Rosa", ""), ("Samir", ""), ("Tess", ""), ("Umar", ""),
    ("Vera", ""), ("Wesley", ""), ("Ximena", ""), ("Yara", ""), ("Zoe", ""), ("Niamh", ""), ("Luc", ""),
    ("Amélie", ""), ("Connor", ""),
];

pub(super) const OTHER_FAMILY: [Name; 30] = [
    ("Abbott", ""), ("Byrne", ""), ("Castillo", ""), ("Dubois", ""), ("Evans", ""), ("Fournier", ""),
    ("Gallagher", ""), ("Hansen", ""), ("Iyer", ""), ("Jansen", ""), ("Keane", ""), ("Lefèvre", ""),
    ("Moreau", ""), ("Nolan", ""), ("O'Brien", ""), ("Patel", ""), ("Quigley", ""), ("Ramos", ""),
    ("Schmidt", ""), ("Turner", ""), ("Ueda", ""), ("Vasquez", ""), ("Walsh", ""), ("Xu", ""), ("Young", ""),
    ("Zhang", ""), ("Bauer", ""), ("Costa", ""), ("Doyle", ""), ("Girard", ""),
];

/// A name as it may stand in an email address.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter_map(|letter| match letter {
            'é' | 'è' | 'ê' => Some('e'),
            other if other.is_ascii_alphanumeric() => Some(other.to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}
