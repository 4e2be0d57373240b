namespace Bulwark.Data;

/// <summary>A word in English and in Chinese.</summary>
internal readonly record struct Word(string English, string Chinese);

/// <summary>A product category: its name, what it sells, and its usual price.</summary>
internal sealed record CategoryWords(Word Name, double Price, Word[] Nouns);

/// <summary>The vocabulary of the generated shop.</summary>
internal static class ShopWords
{
    public static readonly CategoryWords[] Categories =
    [
        new(new("Kitchen", "厨房"), 30, [new("Kettle", "水壶"), new("Frying Pan", "平底锅"), new("Mixing Bowl", "料理碗"), new("Paring Knife", "水果刀")]),
        new(new("Garden", "园艺"), 25, [new("Watering Can", "洒水壶"), new("Planter", "花盆"), new("Trowel", "小铲"), new("Bird Feeder", "喂鸟器")]),
        new(new("Office", "办公"), 20, [new("Desk Lamp", "台灯"), new("Notebook", "笔记本"), new("Pen Holder", "笔筒"), new("Letter Tray", "文件盘")]),
        new(new("Bedroom", "卧室"), 60, [new("Blanket", "毯子"), new("Pillow", "枕头"), new("Night Stand", "床头柜"), new("Quilt", "被子")]),
        new(new("Outdoor", "户外"), 70, [new("Tent", "帐篷"), new("Backpack", "背包"), new("Lantern", "提灯"), new("Flask", "保温瓶")]),
        new(new("Music", "音乐"), 120, [new("Headphones", "耳机"), new("Speaker", "音箱"), new("Ukulele", "尤克里里"), new("Metronome", "节拍器")]),
        new(new("Toys", "玩具"), 18, [new("Puzzle", "拼图"), new("Building Blocks", "积木"), new("Kite", "风筝"), new("Spinning Top", "陀螺")]),
        new(new("Sports", "运动"), 45, [new("Yoga Mat", "瑜伽垫"), new("Jump Rope", "跳绳"), new("Dumbbell", "哑铃"), new("Water Bottle", "水杯")]),
        new(new("Clothing", "服装"), 50, [new("Jacket", "夹克"), new("Scarf", "围巾"), new("Sweater", "毛衣"), new("Cap", "帽子")]),
        new(new("Shoes", "鞋履"), 80, [new("Sneakers", "运动鞋"), new("Boots", "靴子"), new("Sandals", "凉鞋"), new("Slippers", "拖鞋")]),
        new(new("Beauty", "美妆"), 22, [new("Hand Cream", "护手霜"), new("Soap", "香皂"), new("Comb", "梳子"), new("Face Mask", "面膜")]),
        new(new("Tea", "茶饮"), 15, [new("Green Tea", "绿茶"), new("Teapot", "茶壶"), new("Tea Cup", "茶杯"), new("Oolong", "乌龙茶")]),
    ];

    /// <summary>Words for the two directions of each dimension of taste: what a product says of itself follows from where it lies.</summary>
    public static readonly (Word Low, Word High)[] Styles =
    [
        (new("minimal", "简约"), new("ornate", "华丽")),
        (new("delicate", "精致"), new("rugged", "粗犷")),
        (new("modern", "现代"), new("vintage", "复古")),
        (new("plain", "素雅"), new("colorful", "多彩")),
        (new("compact", "小巧"), new("roomy", "宽大")),
        (new("precise", "精密"), new("handmade", "手工")),
        (new("formal", "庄重"), new("playful", "活泼")),
        (new("cool", "清凉"), new("warm", "温暖")),
    ];

    public static readonly Word[] Materials =
    [
        new("oak", "橡木"), new("linen", "亚麻"), new("steel", "钢"), new("ceramic", "陶瓷"), new("wool", "羊毛"),
        new("bamboo", "竹"), new("glass", "玻璃"), new("leather", "皮革"), new("cotton", "棉"), new("copper", "铜"),
    ];

    /// <summary>Kinds of shoppers: name, price sensitivity, and mean age.</summary>
    public static readonly (string Name, float PriceSensitivity, double Age)[] Segments =
        [("bargain", 0.8f, 44), ("family", 0.5f, 38), ("student", 0.7f, 22), ("enthusiast", 0.1f, 34), ("premium", -0.3f, 51)];

    private static readonly string[] Heads = ["Bel", "Cor", "Dun", "Fen", "Gal", "Hol", "Kes", "Lum", "Mor", "Nel", "Or", "Pel", "Quin", "Ros", "Sil", "Tav"];
    private static readonly string[] Tails = ["ara", "eck", "ida", "imo", "olt", "una", "wyn", "ysa"];

    /// <summary>The n-th brand; numbered from the 128th on.</summary>
    public static string Brand(int n)
    {
        var name = Heads[n * 7 % Heads.Length] + Tails[n / Heads.Length % Tails.Length];
        return n < Heads.Length * Tails.Length ? name : $"{name} {n / (Heads.Length * Tails.Length) + 1}";
    }

    /// <summary>The n-th category's name; numbered from the thirteenth on.</summary>
    public static Word Category(int n)
    {
        var name = Categories[n % Categories.Length].Name;
        return n < Categories.Length ? name : new($"{name.English} {n / Categories.Length + 1}", $"{name.Chinese}{n / Categories.Length + 1}");
    }
}
