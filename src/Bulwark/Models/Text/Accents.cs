using System.Globalization;
using System.Text;

namespace Bulwark.Models.Text;

/// <summary>
/// Accents taken off: canonical decomposition without the nonspacing marks (Unicode 14, planes beyond the first left as they are). The runtime's own
/// decomposition needs the operating system's tables, which are not there in every deployment, and could differ between machines.
/// </summary>
internal static class Accents
{
    /// <summary>Each group: a character, and those that become it.</summary>
    private const string Groups =
        ";; <≮ =≠ >≯ AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶÅ BḂḄḆ CÇĆĈĊČḈ DĎḊḌḎḐḒ EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ FḞ GĜĞĠĢǦǴḠ HĤȞḢḤḦḨḪ IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ JĴ KĶǨḰḲḴK " +
        "LĹĻĽḶḸḺḼ MḾṀṂ NÑŃŅŇǸṄṆṈṊ OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ PṔṖ RŔŖŘȐȒṘṚṜṞ SŚŜŞŠȘṠṢṤṦṨ TŢŤȚṪṬṮṰ UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ VṼṾ WŴẀẂẄẆẈ XẊẌ " +
        "YÝŶŸȲẎỲỴỶỸ ZŹŻŽẐẒẔ `` aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ bḃḅḇ cçćĉċčḉ dďḋḍḏḑḓ eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ fḟ gĝğġģǧǵḡ hĥȟḣḥḧḩḫẖ iìíîïĩīĭįǐȉȋḭḯỉị jĵǰ " +
        "kķǩḱḳḵ lĺļľḷḹḻḽ mḿṁṃ nñńņňǹṅṇṉṋ oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ pṕṗ rŕŗřȑȓṙṛṝṟ sśŝşšșṡṣṥṧṩ tţťțṫṭṯṱẗ uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự vṽṿ wŵẁẃẅẇẉẘ " +
        "xẋẍ yýÿŷȳẏẙỳỵỷỹ zźżžẑẓẕ ¨΅῁῭΅ ´´ ·· ÆǢǼ ØǾ æǣǽ øǿ ſẛ ƷǮ ʒǯ ʹʹ ΑΆἈἉἊἋἌἍἎἏᾈᾉᾊᾋᾌᾍᾎᾏᾸᾹᾺΆᾼ ΕΈἘἙἚἛἜἝῈΈ ΗΉἨἩἪἫἬἭἮἯᾘᾙᾚᾛᾜᾝᾞᾟῊΉῌ ΙΊΪἸἹἺἻἼἽἾἿῘῙῚΊ ΟΌὈὉὊὋὌὍῸΌ ΡῬ " +
        "ΥΎΫὙὛὝὟῨῩῪΎ ΩΏὨὩὪὫὬὭὮὯᾨᾩᾪᾫᾬᾭᾮᾯῺΏῼΩ αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ εέἐἑἒἓἔἕὲέ ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ ιΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ οόὀὁὂὃὄὅὸό ρῤῥ " +
        "υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ ϒϓϔ ІЇ АӐӒ ГЃ ЕЀЁӖ ЖӁӜ ЗӞ ИЍЙӢӤ КЌ ОӦ УЎӮӰӲ ЧӴ ЫӸ ЭӬ аӑӓ гѓ еѐёӗ жӂӝ зӟ ийѝӣӥ кќ оӧ уўӯӱӳ чӵ ыӹ эӭ ії " +
        "ѴѶ ѵѷ ӘӚ әӛ ӨӪ өӫ \u05D0\uFB2E\uFB2F\uFB30 \u05D1\uFB31\uFB4C \u05D2\uFB32 \u05D3\uFB33 \u05D4\uFB34 \u05D5\uFB35\uFB4B \u05D6\uFB36 \u05D8\uFB38 " +
        "\u05D9\uFB1D\uFB39 \u05DA\uFB3A \u05DB\uFB3B\uFB4D \u05DC\uFB3C \u05DE\uFB3E \u05E0\uFB40 \u05E1\uFB41 \u05E3\uFB43 \u05E4\uFB44\uFB4E \u05E6\uFB46 " +
        "\u05E7\uFB47 \u05E8\uFB48 \u05E9\uFB2A\uFB2B\uFB2C\uFB2D\uFB49 \u05EA\uFB4A \u05F2\uFB1F \u0627\u0622\u0623\u0625 \u0648\u0624 \u064A\u0626 " +
        "\u06C1\u06C2 \u06D2\u06D3 \u06D5\u06C0 कक़ खख़ गग़ जज़ डड़ ढढ़ नऩ फफ़ यय़ रऱ ळऴ ডড় ঢঢ় যয় ਖਖ਼ ਗਗ਼ ਜਜ਼ ਫਫ਼ ਲਲ਼ ਸਸ਼ ଡଡ଼ ଢଢ଼ \u0B47\u0B48 \u0CC2\u0CCA \u0CD5\u0CC0\u0CC7 " +
        "\u0CD6\u0CC8 \u0DD9\u0DDA ཀཀྵ གགྷ ཌཌྷ དདྷ བབྷ ཛཛྷ ဥဦ \u1B35\u1B3B\u1B3D\u1B43 ᾿῍῎῏ ῾῝῞῟ \u2002\u2000 \u2003\u2001 ←↚ →↛ ↔↮ ⇐⇍ ⇒⇏ ⇔⇎ ∃∄ ∈∉ ∋∌ ∣∤ ∥∦ ∼≁ ≃≄ ≅≇ " +
        "≈≉ ≍≭ ≡≢ ≤≰ ≥≱ ≲≴ ≳≵ ≶≸ ≷≹ ≺⊀ ≻⊁ ≼⋠ ≽⋡ ⊂⊄ ⊃⊅ ⊆⊈ ⊇⊉ ⊑⋢ ⊒⋣ ⊢⊬ ⊨⊭ ⊩⊮ ⊫⊯ ⊲⋪ ⊳⋫ ⊴⋬ ⊵⋭ ⫝⫝̸ 〈〈 〉〉 うゔ かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はばぱ ひびぴ ふぶぷ " +
        "へべぺ ほぼぽ ゝゞ ウヴ カガ キギ クグ ケゲ コゴ サザ シジ スズ セゼ ソゾ タダ チヂ ツヅ テデ トド ハバパ ヒビピ フブプ ヘベペ ホボポ ワヷ ヰヸ ヱヹ ヲヺ ヽヾ 㮝㮝 䀘䀘 䀹䀹 不不 並並 串串 丹丹 亂亂 了了 亮亮 什什 令令 侀侀 來來 例例 侮侮 便便 倫倫 " +
        "僚僚 僧僧 兀兀 充充 免免 全全 兩兩 六六 冀冀 况况 冷冷 凉凉 凌凌 凜凜 凞凞 切切 列列 利利 刺刺 劉劉 力力 劣劣 勇勇 勉勉 勒勒 勞勞 勤勤 勵勵 勺勺 北北 匿匿 卑卑 卵卵 參參 句句 吏吏 吝吝 呂呂 咽咽 啕啕 喇喇 喙喙 喝喝喝 嗀嗀 嗢嗢 嘆嘆 器器 囹囹 塀塀 " +
        "塚塚塚 塞塞 墨墨 墳墳 壘壘 壟壟 奄奄 奈奈 契契 奔奔 女女 婢婢 嬨嬨 宅宅 寧寧寧 寮寮 尿尿 屢屢 層層 履履 屮屮 崙崙 嵐嵐 嶺嶺 年年 度度 廉廉 廊廊 廒廒 廓廓 廙廙 廬廬 弄弄 彩彩 律律 復復 徭徭 念念 怒怒 怜怜 恵恵 悔悔 惘惘 惡惡 愈愈 慄慄 慎慎 慠慠 慨慨 " +
        "憎憎憎 憐憐 懲懲懲 懶懶 戀戀 戮戮 戴戴 拉拉 拏拏 拓拓 拾拾 捻捻 掠掠 揄揄 搜搜 摒摒 撚撚 擄擄 敏敏 敖敖 數數 料料 旅旅 既既 易易 晴晴晴 暈暈 暑暑 暴暴 曆曆 更更 朗朗朗 望望 李李 杖杖 杻杻 林林 柳柳 栗栗 梁梁 梅梅 梨梨 樂樂樂樂 樓樓 櫓櫓 欄欄 歷歷 歹歹 " +
        "殮殮 殺殺殺 沈沈 泌泌 泥泥 洛洛 洞洞 流流流 浪浪 海海 淋淋 淚淚 淪淪 渚渚 溜溜 溺溺 滋滋 滑滑 滛滛 漏漏 漢漢漢 漣漣 濫濫 濾濾 瀞瀞 炙炙 烈烈 烙烙 煉煉 煮煮煮 燎燎 燐燐 爐爐 爛爛 爫爫 爵爵 牢牢 犯犯 狀狀 狼狼 猪猪猪 獵獵 率率率 玲玲 珞珞 理理 琉琉 琢琢 " +
        "瑩瑩 瑱瑱 璉璉 璘璘 甆甆 画画 留留 略略 異異 痢痢 瘝瘝 瘟瘟 療療 癩癩 益益益 盛盛 盧盧 直直 省省 着着 睊睊 瞧瞧 硫硫 碌碌 碑碑 磊磊 磌磌 磻磻 礪礪 礼礼 社社 祈祈 祉祉 祐祐 祖祖 祝祝 神神 祥祥 祿祿 禍禍 禎禎 福福 禮禮 秊秊 稜稜 穀穀 突突 窱窱 立立 " +
        "笠笠 節節節 簾簾 籠籠 类类 粒粒 精精 糖糖 糧糧 紐紐 索索 累累 絛絛 綠綠 綾綾 練練練練 縉縉 縷縷 繁繁 缾缾 署署 罹罹 羅羅 羚羚 羽羽 老老 者者者 聆聆 聯聯 聾聾 肋肋 臘臘 臨臨 臭臭 舘舘 良良 艹艹艹 若若 茶茶 荒荒 菉菉 華華 菱菱 落落 葉葉 著著 蓮蓮 蓼蓼 " +
        "藍藍 藺藺 蘆蘆 蘒蘒 蘭蘭 蘿蘿 虜虜 蝹蝹 螺螺 蠟蠟 行行 裂裂 裏裏 裡裡 裸裸 褐褐 襁襁 襤襤 覆覆 見見 視視視 說說說 調調 請請 諒諒 論論 諭諭 諸諸諸 諾諾諾 謁謁謁 謹謹謹 識識 讀讀 變變 豈豈 賂賂 賈賈 賓賓 贈贈贈 路路 車車 輦輦 輪輪 輸輸 輻輻 轢轢 辰辰 " +
        "辶辶 連連 逸逸逸 遲遲 遼遼 邏邏 郎郎 郞郞 都都 酪酪 醙醙 醴醴 里里 量量 金金 鈴鈴 鉶鉶 錄錄 鍊鍊 閭閭 阮阮 陋陋 降降 陵陵 陸陸 陼陼 隆隆 隣隣 隷隷 隸隸 離離 難難難 零零 雷雷 露露 靈靈 靖靖靖 韛韛 響響響 頋頋 領領 頻頻頻 類類 飯飯 飼飼 館館 駱駱 驪驪 " +
        "鬒鬒 魯魯 鱗鱗 鶴鶴 鷺鷺 鸞鸞 鹿鹿 麗麗 麟麟 黎黎 齃齃 龍龍 龎龎 龜龜龜龜 𢡄𢡄 𢡊𢡊 𣏕𣏕 𤋮𤋮 𥉉𥉉 𥳐𥳐 𧻓𧻓";

    /// <summary>Each group: a character, and the two that it becomes.</summary>
    private const string Pairs =
        "\u09CB\u09C7\u09BE \u09CC\u09C7\u09D7 \u0B4B\u0B47\u0B3E \u0B4C\u0B47\u0B57 ஔஒ\u0BD7 \u0BCA\u0BC6\u0BBE \u0BCB\u0BC7\u0BBE \u0BCC\u0BC6\u0BD7 " +
        "\u0CCB\u0CC2\u0CD5 \u0D4A\u0D46\u0D3E \u0D4B\u0D47\u0D3E \u0D4C\u0D46\u0D57 \u0DDC\u0DD9\u0DCF \u0DDD\u0DD9\u0DCF \u0DDE\u0DD9\u0DDF ᬆᬅ\u1B35 " +
        "ᬈᬇ\u1B35 ᬊᬉ\u1B35 ᬌᬋ\u1B35 ᬎᬍ\u1B35 ᬒᬑ\u1B35 \u1B40\u1B3E\u1B35 \u1B41\u1B3F\u1B35";

    private const int HangulFirst = 0xAC00, HangulCount = 11_172, Vowels = 21, Finals = 28;
    private static readonly Dictionary<char, string> Table = Build();

    /// <summary>The text without accents; syllables of Hangul come apart into their letters, as decomposition has it.</summary>
    public static string Strip(string text)
    {
        if (text.All(char.IsAscii)) return text;
        var to = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var hangul = rune.Value - HangulFirst;
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark) continue;
            if (hangul is >= 0 and < HangulCount) AppendLetters(to, hangul);
            else if (rune.IsBmp && Table.TryGetValue((char)rune.Value, out var plain)) to.Append(plain);
            else to.Append(rune.ToString());
        }
        return to.ToString();
    }

    private static void AppendLetters(StringBuilder to, int syllable)
    {
        to.Append((char)(0x1100 + syllable / (Vowels * Finals))).Append((char)(0x1161 + syllable / Finals % Vowels));
        if (syllable % Finals > 0) to.Append((char)(0x11A7 + syllable % Finals));
    }

    private static Dictionary<char, string> Build()
    {
        var table = new Dictionary<char, string>();
        foreach (var group in Groups.Split(' '))
            foreach (var accented in group[1..]) table[accented] = group[..1];
        foreach (var pair in Pairs.Split(' ')) table[pair[0]] = pair[1..];
        return table;
    }
}
