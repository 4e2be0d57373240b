using System.Text.Json;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Tuning;

namespace Bulwark.Cli.Runs;

/// <summary>The trials of a search, one a line.</summary>
internal static class TrialFile
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string Name = "trials.jsonl";

    private sealed record Line(
        int Trial, IReadOnlyDictionary<string, string> Settings, double Budget, double? Figure, int Epochs, double Seconds, string State,
        IReadOnlyDictionary<string, double>? Goals = null);

    /// <summary>Writes all trials: the file never holds a part of a line.</summary>
    public static void Write(RunFolder folder, SearchSpace space, IReadOnlyList<Trial> trials) => folder.Write(Name, file =>
    {
        foreach (var trial in trials)
        {
            var settings = space.Dimensions.Zip(trial.Values).ToDictionary(pair => pair.First.Name, pair => pair.First.Text(pair.Second));
            double? figure = trial.State == TrialState.Done ? trial.Figure : null;
            file.WriteLine(JsonSerializer.Serialize(
                new Line(
                    trial.Number, settings, trial.Budget, figure, trial.Epochs, trial.Seconds, trial.State.ToString().ToLowerInvariant(),
                    trial.Goals.Count > 0 ? trial.Goals.ToDictionary(goal => goal.Name, goal => goal.Value) : null), RunFiles.Line));
        }
    });

    /// <summary>Reads what was written; none where there is no file.</summary>
    /// <exception cref="InvalidDataException">A line is no trial of this space.</exception>
    public static IReadOnlyList<Trial> Read(string path, SearchSpace space) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select((line, n) => Read(line, $"{path}, line {n + 1}", n + 1, space))] : [];

    private static Trial Read(string text, string where, int number, SearchSpace space)
    {
        try
        {
            if (JsonSerializer.Deserialize<Line>(text, RunFiles.Line) is { Settings: { } settings } line && line.Trial == number)
            {
                double[] values = [.. space.Dimensions.Select(dimension => settings.TryGetValue(dimension.Name, out var value) ? dimension.Read(value) : double.NaN)];
                if (!values.Any(double.IsNaN)) return new(number, values, line.Budget, line.Figure ?? double.NaN, line.Epochs, line.Seconds)
                {
                    Goals = [.. (line.Goals ?? new Dictionary<string, double>()).Select(goal => new ReportGoal(goal.Key, goal.Value))],
                };
            }
        }
        catch (JsonException) { }
        throw new InvalidDataException($"{where} is not a trial of this search: the file was cut or altered; restore it or begin again.");
    }
}
