using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bulwark.Cli.Models;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;

namespace Bulwark.Cli.Runs;

/// <summary>The two files of a saved model: weights as safetensors, and a card, which says what they are, as JSON. Loading executes nothing.</summary>
internal static class ModelFiles
{
    private const string Weights = "model.safetensors", Rest = "model.json";
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>What every card says.</summary>
    private sealed record Kinded(string Kind);

    /// <summary>The path of the card.</summary>
    public static string CardOf(string folder) => Path.Combine(folder, Rest);

    /// <summary>Writes the weights and returns their SHA-256, which belongs on the card.</summary>
    public static string WriteWeights(string folder, Point at, string name)
    {
        Directory.CreateDirectory(folder);
        var entries = new List<(string, Tensor)>();
        foreach (var variable in at.Variables) entries.Add((variable.Name, at[variable]));
        Safetensors.Write(Path.Combine(folder, Weights), entries, new Dictionary<string, string> { ["model"] = name });
        return Sha256(Path.Combine(folder, Weights));
    }

    /// <summary>Writes the card.</summary>
    public static void WriteCard<TCard>(string folder, TCard card)
    {
        Directory.CreateDirectory(folder);
        WholeFile.Write(CardOf(folder), file => file.Write(JsonSerializer.Serialize(card, Json)));
    }

    /// <summary>Reads the card.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="current">Whether it is one of this version.</param>
    /// <param name="fits">Throws if a kind has another sort of card.</param>
    /// <exception cref="InvalidDataException">It is missing, cut, or altered; the message names it.</exception>
    public static TCard ReadCard<TCard>(string folder, Func<TCard, bool> current, Action<ModelKind> fits) where TCard : class
    {
        var path = CardOf(folder);
        if (!File.Exists(path))
            throw new InvalidDataException($"{path} does not exist; give the folder of a run that bulwark train or bulwark harden has finished.");
        if (Read<TCard>(path) is { } card && current(card)) return card;
        if (Read<Kinded>(path) is { } other && ModelKinds.All.Concat(ClassifierKinds.All).FirstOrDefault(kind => kind.Name == other.Kind) is { } kind) fits(kind);
        throw new InvalidDataException($"{path} is not a model's description: it was cut or altered; restore it or train again.");
    }

    /// <summary>The tensors of the weights' file by name.</summary>
    /// <exception cref="InvalidDataException">It is missing, or not the one of the card.</exception>
    public static IReadOnlyList<(string Name, Tensor Value)> ReadWeights(string folder, string? sha256)
    {
        var weights = Path.Combine(folder, Weights);
        if (!File.Exists(weights)) throw new InvalidDataException($"{weights} does not exist; train again.");
        var entries = Safetensors.Read(weights).Entries;
        return Sha256(weights) == sha256 ? entries
            : throw new InvalidDataException($"{weights} is not the file that {Rest} describes: it was altered or replaced; restore it or train again.");
    }

    /// <summary>The weights as values of a formula that starts so.</summary>
    /// <exception cref="InvalidDataException">The file is missing, not the one of the card, or another formula's.</exception>
    public static Point ReadPoint(string folder, string? sha256, Point start) => Fill(start, ReadWeights(folder, sha256), Path.Combine(folder, Weights));

    /// <summary>The starting point with every value replaced by that of the file.</summary>
    public static Point Fill(Point start, IReadOnlyList<(string Name, Tensor Value)> entries, string path)
    {
        var values = entries.ToDictionary(entry => entry.Name, entry => entry.Value);
        if (values.Count != start.Variables.Length)
            throw new InvalidDataException($"{path} holds {values.Count} tensors instead of {start.Variables.Length}; restore it or train again.");
        return start.Map((variable, value) => values.TryGetValue(variable.Name, out var saved) && saved.Shape.Equals(value.Shape)
            ? saved : throw new InvalidDataException($"{path} has no '{variable.Name}' of shape {value.Shape}; restore it or train again."));
    }

    private static T? Read<T>(string path) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
