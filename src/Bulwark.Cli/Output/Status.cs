using System.Diagnostics;
using System.Globalization;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Tuning;
using Bulwark.Training;
using Spectre.Console;

namespace Bulwark.Cli.Output;

/// <summary>Progress on standard error: a bar on a terminal, otherwise a plain line now and then.</summary>
internal abstract class Status : IProgress<(string Model, TrainingProgress Training)>, IProgress<StudyProgress>, IProgress<TrialProgress>
{
    /// <summary>Does some work while its progress is shown.</summary>
    public static void Show(Terminal terminal, Action<Status> work)
    {
        if (!terminal.ErrorIsTerminal) work(new Plain(terminal.Error));
        else terminal.Canvas(terminal.Error).Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn())
            .Start(context => work(new Bar(context)));
    }

    public abstract void Report((string Model, TrainingProgress Training) value);

    public abstract void Report(StudyProgress value);

    public abstract void Report(TrialProgress value);

    /// <summary>Progress of one model's training.</summary>
    public IProgress<TrainingProgress> Of(string model) => new Relay(this, model);

    /// <summary>Of steps with their loss, or of rounds without one.</summary>
    private static string Describe(string model, TrainingProgress at) => double.IsNaN(at.Loss)
        ? string.Create(CultureInfo.InvariantCulture, $"{model}: round {at.Epoch:0} of {at.Epochs}, {Left(at.Left)} left")
        : string.Create(CultureInfo.InvariantCulture,
        $"{model}: epoch {Math.Floor(at.Epoch):0} of {at.Epochs}, loss {at.Loss:G4}, {at.Rate:N0} examples/s, {Left(at.Left)} left") +
        (at.Validation is { } figure ? string.Create(CultureInfo.InvariantCulture, $", validation {figure:F4}") : "") +
        (at.Note.Length > 0 ? $", {at.Note}" : "");

    private static string Describe(TrialProgress at)
    {
        var figure = at.Last.State == TrialState.Failed ? "failed" : Figure(at.Last);
        var best = at.Best is { } trial ? $", best {Figure(trial)} (trial {trial.Number})" : "";
        return $"trial {at.Last.Number} of {at.Planned}: {figure}{best}, {Left(at.Left)} left";

        static string Figure(Trial trial) => trial.Figure.ToString("F4", CultureInfo.InvariantCulture);
    }

    private static string Left(TimeSpan time) => time.TotalMinutes < 2 ? $"{Math.Ceiling(time.TotalSeconds)} s" : $"{Math.Ceiling(time.TotalMinutes)} min";

    private sealed class Relay(Status status, string model) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => status.Report((model, value));
    }

    private sealed class Plain(TextWriter error) : Status
    {
        private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
        private long _told = Stopwatch.GetTimestamp();

        public override void Report((string Model, TrainingProgress Training) value)
        {
            if (value.Training.Epoch < value.Training.Epochs && Stopwatch.GetElapsedTime(_told) < Every) return;
            Tell(Describe(value.Model, value.Training));
        }

        public override void Report(StudyProgress value)
        {
            if (Stopwatch.GetElapsedTime(_told) >= Every) Tell($"{value.Model}: under {value.Attack}");
        }

        public override void Report(TrialProgress value) => Tell(Describe(value));

        private void Tell(string line)
        {
            _told = Stopwatch.GetTimestamp();
            error.WriteLine(line);
        }
    }

    private sealed class Bar(ProgressContext context) : Status
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public override void Report((string Model, TrainingProgress Training) value)
        {
            var task = Task(value.Model, value.Training.Epochs);
            task.Value = value.Training.Epoch;
            task.Description = Markup.Escape(Describe(value.Model, value.Training));
        }

        public override void Report(StudyProgress value)
        {
            var task = Task("attacks", 1);
            task.IsIndeterminate = true;
            task.Description = Markup.Escape($"{value.Model}: under {value.Attack}");
        }

        public override void Report(TrialProgress value)
        {
            var task = Task("trials", value.Planned);
            task.Value = value.Last.Number;
            task.Description = Markup.Escape(Describe(value));
        }

        private ProgressTask Task(string name, double most)
        {
            if (!_tasks.TryGetValue(name, out var task)) _tasks[name] = task = context.AddTask(name, maxValue: Math.Max(most, 1));
            return task;
        }
    }
}

/// <summary>How far a search is.</summary>
/// <param name="Last">The latest trial.</param>
/// <param name="Planned">How many are planned.</param>
/// <param name="Best">The best so far; null if all failed.</param>
/// <param name="Left">The time left, if the others take as long for their budgets.</param>
internal sealed record TrialProgress(Trial Last, int Planned, Trial? Best, TimeSpan Left);
