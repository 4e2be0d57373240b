using System.Globalization;
using Bulwark.Data;
using Bulwark.Defenses.Detection;

namespace Bulwark.Cli.Runs;

/// <summary>Suspects in a file: <c>user_id⇥weight⇥why</c> behind a header. Whoever is not listed has the weight 1.</summary>
internal static class QuarantineFile
{
    private const string Header = "user_id\tweight\twhy";

    /// <summary>Writes suspects.</summary>
    public static void Write(string path, IReadOnlyList<Suspect> suspects, Vocabulary users) => WholeFile.Write(path, file =>
    {
        file.WriteLine(Header);
        foreach (var suspect in suspects)
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{users[suspect.User]}\t{suspect.Weight:F3}\t{string.Join("; ", suspect.Reasons)}"));
    });

    /// <summary>(users) the weights that a file gives.</summary>
    /// <exception cref="DataException">It is not there, or a line makes no sense.</exception>
    public static double[] Read(string path, Vocabulary users)
    {
        if (!File.Exists(path)) throw new DataException(path, null, "does not exist", "give a file that bulwark detect --out has written");
        var weights = new double[users.Count];
        Array.Fill(weights, 1);
        foreach (var (n, line) in File.ReadLines(path).Index().Skip(1))
        {
            var fields = line.Split('\t');
            if (fields.Length < 2 || !double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || weight is not (>= 0 and <= 1))
                throw new DataException(path, n + 1, "there is no weight from 0 to 1 behind the user", "write user, tab, weight");
            if (!users.TryGet(fields[0], out var user)) throw new DataException(path, n + 1, $"the data have no user '{fields[0]}'", "screen the data that are trained on");
            weights[user] = weight;
        }
        return weights;
    }
}
