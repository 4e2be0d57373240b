using System.Diagnostics;
using System.Globalization;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Tuning;
using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Runs;

/// <summary>The search for a model's settings, on validation alone.</summary>
internal sealed class TuningRun
{
    private readonly Resolved _settings;
    private readonly ModelKind _kind;
    private readonly Bench _bench;
    private readonly SearchSpace _space;
    private readonly Search _search;

    /// <summary>Settles what is tuned: what was named, or all that the model reads.</summary>
    /// <exception cref="UsageException">That is nothing, or the model does not read it, or has no epochs to begin with few of.</exception>
    public TuningRun(Resolved settings, Bench bench)
    {
        (_settings, _kind, _bench) = (settings, settings.Get(Known.Model), bench);
        var reads = _kind.Reads(bench.Making(settings, _kind));
        Tunable[] read = [.. Tunable.All.Where(tunable => reads.Contains(tunable.Setting.Key))];
        if (read.Length == 0) throw new UsageException($"{_kind} has nothing to tune; choose another model.");
        var tuned = settings.Get(Known.Tune) ?? [.. read.Where(tunable => !tunable.OnlyNamed).Select(tunable => new Tuned(tunable, null))];
        if (tuned.FirstOrDefault(entry => !read.Contains(entry.Of)) is { } idle)
            throw new UsageException($"{_kind} does not read {idle.Of.Setting.Key}; tune some of {string.Join(", ", read.Select(tunable => tunable.Name))}.");
        _space = new([.. tuned.Select(entry => entry.Dimension ?? entry.Of.Usual(settings))]);
        _search = settings.Get(Known.Search)(settings.Get(Known.Trials));
        if (settings.Get(Known.Front) && _kind.PredictsRatings)
            throw new UsageException($"{_kind} predicts ratings and gives no lists; leave --front out, or choose a model that ranks.");
        if (_search.Budgets.Min() < 1 && !reads.Contains(Known.Epochs.Key))
            throw new UsageException($"{_kind} has no epochs, of which halving would begin with few; use --search tpe or random.");
    }

    private Rng Rng => new Rng(_settings.Get(Known.Seed1)).Fork("tuning");

    /// <summary>All trials, those of the folder first; each is in the folder as soon as it ends.</summary>
    public IReadOnlyList<Trial> Run(RunFolder folder, Status status, CancellationToken cancel) => Tuner.Run(
        _space, _search, Rng, (number, values, budget) => Measure(number, values, budget, status.Of(_kind.Name), cancel),
        TrialFile.Read(folder[TrialFile.Name], _space),
        trials =>
        {
            TrialFile.Write(folder, _space, trials);
            var pace = trials.Sum(trial => trial.Seconds) / trials.Sum(trial => trial.Budget);
            status.Report(new TrialProgress(
                trials[^1], _search.Budgets.Count, Tuner.Best(trials), TimeSpan.FromSeconds(pace * _search.Budgets.Skip(trials.Count).Sum())));
        },
        cancel);

    /// <summary>The settings that a full training on all training data should have: the trial's, and as many epochs as were best.</summary>
    public Resolved SettingsOf(Trial trial)
    {
        var values = ValuesOf(trial.Values);
        values[Known.Patience.Key] = "0";
        if (trial.Epochs > 0) values[Known.Epochs.Key] = Text(trial.Epochs);
        return _settings.With(new("tuned on validation", values));
    }

    /// <summary>The trials with what mattered, for the report.</summary>
    public ReportTuning Report(IReadOnlyList<Trial> trials) => ReportTuning.Of(
        _search.Name, $"{(_kind.PredictsRatings ? "negative " : "")}{_bench.ValidationMetric} on validation", _space, trials, Importance.Of(_space, trials, Rng.Fork("importance")));

    /// <summary>What each full trial gave in every goal; none without <c>--front</c>.</summary>
    public IReadOnlyList<ReportTradeOff> TradeOffs(IReadOnlyList<Trial> trials) => ReportTradeOff.Of(_space, trials);

    private Trial Measure(int number, double[] values, double budget, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        var clock = Stopwatch.GetTimestamp();
        var texts = ValuesOf(values);
        if (budget < 1) texts[Known.Epochs.Key] = Text(Math.Max(1, (int)Math.Round(budget * _settings.Get(Known.Epochs))));
        var (figure, epochs, goals) = Measure(_settings.With(new($"trial {number}", texts)), progress, cancel);
        return new(number, values, budget, figure, epochs, Math.Round(Stopwatch.GetElapsedTime(clock).TotalSeconds, 3)) { Goals = goals };
    }

    /// <summary>The validation figure, its epoch and the goals beside it; NaN where training explodes.</summary>
    private (double Figure, int Epochs, IReadOnlyList<ReportGoal> Goals) Measure(Resolved settings, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        var making = _bench.Making(settings, _kind);
        if (_kind.Learning is not { } learning)
        {
            var ranking = _kind.Remembers!(making, cancel);
            return (_bench.Validate(ranking), 0, Goals(ranking, cancel));
        }
        var model = learning.Create(making);
        try
        {
            var options = TrainingJob.OptionsOf(settings, null, _kind.PredictsRatings);
            var job = new TrainingJob(options, settings.Get(Known.Seed1), at => _bench.Validate(model, at), progress, cancel);
            var result = learning.Train(model, making, job);
            var figure = _bench.Validate(model, result.At);
            return _kind.PredictsRatings ? (-figure, result.BestEpoch, [])                           // a search makes its figure large
                : (figure, result.BestEpoch, Goals(_bench.Validated(model, result.At), cancel));
        }
        catch (TrainingException)
        {
            return (double.NaN, 0, []);
        }
    }

    private IReadOnlyList<ReportGoal> Goals(IRecommender ranking, CancellationToken cancel) =>
        _settings.Get(Known.Front) ? _bench.ValidateGoals(ranking, cancel) : [];

    private Dictionary<string, string> ValuesOf(IReadOnlyList<double> values) =>
        _space.Dimensions.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.First.Text(pair.Second));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
