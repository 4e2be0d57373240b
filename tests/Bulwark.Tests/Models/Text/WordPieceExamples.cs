namespace Bulwark.Tests.Models.Text;

/// <summary>A small vocabulary, and what BERT's tokenizer makes of texts with it: worked out from the published algorithm.</summary>
internal static class WordPieceExamples
{
    public const string Vocabulary =
        "[PAD] [UNK] [CLS] [SEP] [MASK] the a lamp un ##aff ##able light holder white red t s , . - ' ! ? \" ( ) & / % $ # * + = < > @ [ ] ^ _ ` { | " +
        "} ~ : ; want ##want ##ed wa ##nt runn ##ing ##s ##er cafe nai ##ve resume 1 12 ##2 ##4 24 ##cm 60 ##0 2 ##5 heart ##hol hold ##ly play " +
        "##ful ##ground set of tea ##cup cup cake ##case ##board box vintage christmas zinc union jack flag mug hot water bottle ##b be ##l ##ara e " +
        "##mail mail x ##x ##c ##d ##e i ##n ##t ##o n o ß ##ß ø 灯 台 木 橡 竹 简 约 风 格 茶 壶 ， 。 ！ ？ 、 “ ” 《 》 （ ） ： ； 中 国 水 杯 电 脑 书 包 红 色 华 丽 的 您 kg 豈 한 " +
        "ㅎ \u1112 ##\u1161 ##\u11AB か ##き カ ##メ ##ラ ё е ж ##ук и привет ##ы σ ##α ##ς ##σ α ω € £ ¥ © ™ ½ … – — · • 𠀀 😀 ##😀 mask ##sk cl sep 3 3d " +
        "##print ##80 1080 ##p wi fi ##fi 's don ##'t do ##g dog ##gy cat ##alog ##og log";

    /// <summary>Texts and their pieces, with spaces between.</summary>
    public static readonly (string Text, string Pieces)[] English =
    [
        ("unaffable", "un ##aff ##able"), ("the lamp", "the lamp"), ("The LAMP", "the lamp"), ("  the   lamp  ", "the lamp"),
        ("the\tlamp", "the lamp"), ("the\nlamp\r\n", "the lamp"), ("lamps", "lamp ##s"), ("lamper", "lamp ##er"), ("lamping", "lamp ##ing"),
        ("wanted", "want ##ed"), ("want", "want"), ("unwanted", "un ##want ##ed"), ("unwant", "un ##want"), ("runn", "runn"),
        ("running", "runn ##ing"), ("runner", "runn ##er"), ("runners", "runn ##er ##s"), ("light-holder", "light - holder"),
        ("T-LIGHT HOLDER", "t - light holder"), ("WHITE T-LIGHT HOLDER", "white t - light holder"), ("60'S LAMP", "60 ' s lamp"),
        ("60's", "60 ' s"), ("don't", "don ' t"), ("the.lamp", "the . lamp"), ("lamp,lamp", "lamp , lamp"), ("lamp , lamp", "lamp , lamp"),
        ("lamp!!", "lamp ! !"), ("lamp?!", "lamp ? !"), ("\"lamp\"", "\" lamp \""), ("(lamp)", "( lamp )"), ("[lamp]", "[ lamp ]"),
        ("{lamp}", "{ lamp }"), ("<lamp>", "< lamp >"), ("a&a", "a & a"), ("a/a", "a / a"), ("50%", "[UNK] %"), ("$12", "$ 12"),
        ("#12", "# 12"), ("*lamp*", "* lamp *"), ("1+1=2", "1 + 1 = 2"), ("a@a", "a @ a"), ("^a", "^ a"), ("_a_", "_ a _"),
        ("`a`", "` a `"), ("a", "a"), ("a\\", "a [UNK]"), ("a~a", "a ~ a"), ("a:a;a", "a : a ; a"), ("a=a", "a = a"), ("24cm", "24 ##cm"),
        ("24 CM", "24 [UNK]"), ("24CM LAMP", "24 ##cm lamp"), ("122", "12 ##2"), ("124", "12 ##4"), ("1224", "12 ##2 ##4"),
        ("12.5", "12 . [UNK]"), ("12.4", "12 . [UNK]"), ("1,200", "1 , 2 ##0 ##0"), ("2.2.2", "2 . 2 . 2"), ("café", "cafe"),
        ("CAFÉ", "cafe"), ("Café lamp", "cafe lamp"), ("cafe\u0301", "cafe"), ("naïve", "nai ##ve"), ("NAÏVE", "nai ##ve"),
        ("résumé", "resume"), ("RÉSUMÉ", "resume"), ("the lämp", "the lamp"), ("lamp\u200B", "lamp"), ("la\u00ADmp", "lamp"),
        ("la\u0000mp", "lamp"), ("lamp\uFFFD", "lamp"), ("\uFEFFthe", "the"), ("the\u00A0lamp", "the lamp"), ("the\u2003lamp", "the lamp"),
        ("the\u3000lamp", "the lamp"), ("the\u2028lamp", "the lamp"), ("the\u0085lamp", "[UNK]"), ("playful", "play ##ful"),
        ("playground", "play ##ground"), ("plays", "play ##s"), ("player", "play ##er"), ("played", "play ##ed"), ("playing", "play ##ing"),
        ("set of 24", "set of 24"), ("SET OF 12 TEACUPS", "set of 12 tea ##cup ##s"), ("teacup", "tea ##cup"), ("teacups", "tea ##cup ##s"),
        ("cup cake", "cup cake"), ("cupcake", "[UNK]"), ("cupcakecase", "[UNK]"), ("cupboard", "cup ##board"),
        ("cupboardx", "cup ##board ##x"), ("boxed", "box ##ed"), ("boxes", "box ##e ##s"), ("box", "box"),
        ("vintage zinc box", "vintage zinc box"), ("VINTAGE UNION JACK", "vintage union jack"), ("christmas flag", "christmas flag"),
        ("xmas", "[UNK]"), ("email", "e ##mail"), ("e-mail", "e - mail"), ("E-MAIL", "e - mail"), ("mail", "mail"), ("mailx", "mail ##x"),
        ("xx", "x ##x"), ("xxx", "x ##x ##x"), ("xxxx", "x ##x ##x ##x"), ("abcde", "a ##b ##c ##d ##e"), ("abcdef", "[UNK]"),
        ("inton", "i ##nt ##o ##n"), ("not", "n ##o ##t"), ("note", "n ##o ##t ##e"), ("aß", "a ##ß"), ("ß", "ß"), ("SS", "s ##s"),
        ("ø", "ø"), ("Ø", "ø"), ("øx", "ø ##x"), ("[MASK]", "[ mask ]"), ("[CLS] the [SEP]", "[ cl ##s ] the [ sep ]"),
        ("the [UNK]", "the [ [UNK] ]"), ("mask", "mask"), ("masks", "mask ##s"), ("[mask", "[ mask"), ("3D", "3d"), ("3d", "3d"),
        ("3dprint", "3d ##print"), ("1080p", "1080 ##p"), ("1080P", "1080 ##p"), ("Wi-Fi", "wi - fi"), ("wifi", "wi ##fi"),
        ("WIFI", "wi ##fi"), ("dog", "dog"), ("dogs", "dog ##s"), ("doggy", "dog ##gy"), ("doggys", "dog ##gy ##s"),
        ("catalog", "cat ##alog"), ("cats", "cat ##s"), ("cat-log", "cat - log"), ("hot water bottle", "hot water bottle"),
        ("HOT-WATER-BOTTLE", "hot - water - bottle"), ("bottleb", "bottle ##b"), ("belara", "be ##l ##ara"),
        ("BELARA 24", "be ##l ##ara 24"), ("Belara the", "be ##l ##ara the"), ("bel", "be ##l"), ("mug & cup", "mug & cup"),
        ("mug&cup", "mug & cup"), ("mugs", "mug ##s"), ("holdly", "hold ##ly"), ("heartholder", "heart ##hol ##d ##er"),
        ("whiteholder", "white ##hol ##d ##er"), ("redness", "red ##n ##e ##s ##s"), ("reds", "red ##s"), ("red heart", "red heart"),
        ("red  HEART.", "red heart ."), ("...", ". . ."), ("a...a", "a . . . a"), ("—", "—"), ("the – lamp", "the – lamp"),
        ("the—lamp", "the — lamp"), ("lamp…", "lamp …"), ("“lamp”", "“ lamp ”"), ("lamp’s", "lamp [UNK] s"), ("© lamp™", "© [UNK]"),
        ("½ kg", "½ kg"), ("12½", "[UNK]"), ("€24", "€ ##2 ##4"), ("£60", "[UNK]"), ("24€", "[UNK]"), ("¥", "¥"), ("a·a", "a · a"),
        ("a•a", "a • a"), ("un-aff-able", "un - [UNK] - a ##b ##l ##e"), ("un aff able", "un [UNK] a ##b ##l ##e"), ("unable", "un ##able"),
        ("unaffabled", "un ##aff ##able ##d"), ("s", "s"), ("S's", "s ' s"), ("", ""), ("   ", ""), ("\t", ""), ("\u0301", ""), ("-", "-"),
        ("--", "- -"), ("", ""),
    ];

    /// <summary>The same for Chinese and other scripts.</summary>
    public static readonly (string Text, string Pieces)[] Chinese =
    [
        ("台灯", "台 灯"), ("橡木台灯", "橡 木 台 灯"), ("橡木 台灯", "橡 木 台 灯"), ("竹灯", "竹 灯"), ("简约风格", "简 约 风 格"), ("简约，风格", "简 约 ， 风 格"),
        ("茶壶。", "茶 壶 。"), ("茶壶！茶壶？", "茶 壶 ！ 茶 壶 ？"), ("“茶壶”", "“ 茶 壶 ”"), ("《中国》", "《 中 国 》"), ("（红色）", "（ 红 色 ）"), ("红色：灯；", "红 色 ： 灯 ；"),
        ("红、灯", "红 、 灯"), ("中国lamp", "中 国 lamp"), ("lamp中国", "lamp 中 国"), ("lamp灯lamp", "lamp 灯 lamp"), ("24cm灯", "24 ##cm 灯"),
        ("12个灯", "12 [UNK] 灯"), ("水杯24", "水 杯 24"), ("电脑包", "电 脑 包"), ("书包", "书 包"), ("华丽的灯", "华 丽 的 灯"), ("您", "您"), ("您好", "您 [UNK]"),
        ("灯灯灯", "灯 灯 灯"), ("灯 lamp 灯", "灯 lamp 灯"), ("豈", "豈"), ("𠀀", "𠀀"), ("𠀀灯", "𠀀 灯"), ("𠀁", "[UNK]"),
        ("한", "\u1112 ##\u1161 ##\u11AB"), ("한국", "[UNK]"), ("が", "か"), ("かき", "か ##き"), ("がぎ", "か ##き"), ("カメラ", "カ ##メ ##ラ"),
        ("カメラ灯", "カ ##メ ##ラ 灯"), ("ガ", "カ"), ("ё", "е"), ("Ё", "е"), ("ЖУК", "ж ##ук"), ("жуки", "[UNK]"), ("й", "и"), ("привет", "привет"),
        ("Приветы", "привет ##ы"), ("ΣΑ", "σ ##α"), ("ΣΑΣ", "σ ##α ##σ"), ("σας", "σ ##α ##ς"), ("Ω", "ω"), ("ώ", "ω"), ("Å", "a"),
        ("ﬁ", "[UNK]"), ("ｌａｍｐ", "[UNK]"), ("😀", "😀"), ("😀灯", "😀 灯"), ("a😀", "a ##😀"), ("İ", "i"), ("ı", "[UNK]"), ("ǆ", "[UNK]"),
        ("ệ", "e"), ("THE 灯，LAMP。", "the 灯 ， lamp 。"),
    ];
}
