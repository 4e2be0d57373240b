using Bulwark.Attacks;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>
/// What <c>bulwark attack</c> does with an ensemble: the tables of all members that have some move together, by the slope of the blended score where it has one and
/// else of the members' own losses; and, for the transfer, those of one member alone, found on its own loss. The others stay as they are.
/// </summary>
internal sealed class EnsembleAttack
{
    private readonly Resolved _settings;
    private readonly SavedModel _ensemble;
    private readonly Bench _bench;
    private readonly (SavedModel Saved, IModel Model, Point At, string Name)[] _moved;
    private readonly Dictionary<(string Attack, float Epsilon, string Metric), List<double>> _cells = [];

    private EnsembleAttack(Resolved settings, SavedModel ensemble, Bench bench)
    {
        (_settings, _ensemble, _bench) = (settings, ensemble, bench);
        _moved =
        [
            .. from member in ensemble.Members.Index()
               where HasSay(member.Index) && member.Item is { Model: not null, At: not null } && Own(member.Item, new Rng(0)) is not null
               select (member.Item, member.Item.Model, member.Item.At, $"{member.Item.Name} ({member.Index + 1})"),
        ];
    }

    /// <summary>Whether all that is scored has a slope: a blend of differentiable members on a scale that is a formula.</summary>
    private bool IsBlended => _ensemble.Kind == EnsembleKinds.Blend && _moved.Length == _ensemble.Members.Index().Count(member => HasSay(member.Index))
        && (Scale == ScoreScales.Standard || Scale == ScoreScales.Range);

    /// <summary>Whether a member counts: in a blend by its weight.</summary>
    private bool HasSay(int member) => _ensemble.Kind != EnsembleKinds.Blend || Ensemble.WeightsOf(_ensemble.At!)[member] > 0;

    private ScoreScale Scale => _settings.Get(Known.Scale);

    private Point Start => _moved.Aggregate(new Point(), (at, member) => at.With(member.At));

    /// <summary>Runs it on the ensemble of the run that the call names.</summary>
    /// <exception cref="UsageException">No member has tables with a loss.</exception>
    public static int Run(Call call, Resolved settings, SavedModel model, Bench bench)
    {
        var attack = new EnsembleAttack(settings, model, bench);
        if (attack._moved.Length == 0)
            throw new UsageException($"No member with a say in this {model.Kind} ({string.Join(", ", model.Members.Select(member => member.Name))}) has tables with a loss that an " +
                "attack could make large; attack a run of one of them by fake accounts with --poison.");
        var compose = new Compose(settings, bench);
        Report? report = null;
        var folder = RunFolder.Use(settings, "attack", bench.Data.Dataset.Name, $"{model.Name}-attack", bench.Profile.Hash, folder =>
        {
            Status.Show(call.Terminal, status =>
            {
                foreach (var seed in settings.Get(Known.Seeds)) attack.Measure(seed, status, call.Cancel);
            });
            report = compose.Of($"{bench.Data.Dataset.Name}: {model.Name} under attack", [.. attack.Summary(call)], attack.Rows, settings.Get(Known.Seeds));
            RunFiles.Write(folder, bench, report);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        foreach (var sentence in report!.Summary) call.Terminal.Error.WriteLine(sentence);
        return ExitCode.Ok;
    }

    private IReadOnlyList<ReportRow> Rows =>
    [
        .. from cell in _cells
           let spread = Spread.Of([.. cell.Value])
           select new ReportRow(
               _ensemble.Name, cell.Key.Attack, ReportRow.AsWritten(cell.Key.Epsilon), cell.Key.Metric, spread.Mean,
               spread.Count > 1 ? spread.Deviation : null, spread.Count),
    ];

    private IEnumerable<string> Summary(Call call)
    {
        var still = _ensemble.Members.Index().Count(member => HasSay(member.Index)) - _moved.Length;
        yield return $"The tables of {string.Join(", ", _moved.Select(member => member.Name))} of {_ensemble.Name}, trained in {call.Arguments[0]}, were moved" +
            $"{(still > 0 ? $"; {still} more with a say have none and stayed" : "")} ({_settings.Origin(Known.Attacks).Value}).";
        yield return IsBlended ? "All together climb the loss of the blended score, on the scale of each user's clean scores."
            : "All together climb the sum of the members' own losses: what joins them has no slope of its own.";
        yield return "An attack by way of a member moves that member's tables alone, as found on its own loss: what is lost then is what transfers to the whole.";
        yield return Compose.EpsilonInWords(_settings);
    }

    private void Measure(ulong seed, IProgress<StudyProgress> progress, CancellationToken cancel)
    {
        var (rng, start, all) = (new Rng(seed), Start, Enumerable.Range(0, _moved.Length).ToArray());
        Loss[] own = [.. _moved.Select(member => Own(member.Saved, rng)!)];
        var joint = IsBlended ? BlendedPairs.Of(Formulas, Scale, _ensemble.Train, rng.Fork("blended")) : at => own.Select(loss => loss(at)).Aggregate((sum, loss) => sum + loss);
        Judge("none", 0, start);
        foreach (var attack in Compose.Attacks(_settings, _ensemble.Kind, _bench))
            foreach (var epsilon in attack.Epsilons)
            {
                Move(attack.Name, attack, epsilon, all, joint);
                if (attack.Attack is Noise) continue;
                foreach (var member in all) Move($"{attack.Name} by way of {_moved[member].Name}", attack, epsilon, [member], own[member]);
            }

        void Move(string name, StudyAttack attack, float epsilon, int[] members, Loss loss)
        {
            cancel.ThrowIfCancellationRequested();
            progress.Report(new(seed, _ensemble.Name, $"{name} ε {epsilon:G3}"));
            using var scope = Scope.Open();
            var threat = new Threat([.. members.SelectMany(member => ThreatOf(attack, epsilon, member).Targets)]);
            Judge(name, epsilon, start + threat.Admit(start, attack.Attack.Find(loss, start, threat, rng.Fork(attack.Name)), attack.Name));
        }

        void Judge(string name, float epsilon, Point at)
        {
            foreach (var (metric, value) in _bench.Task.Judge(At(at), _bench.Metrics, cancel).Means)
            {
                if (!_cells.TryGetValue((name, epsilon, metric), out var values)) _cells[(name, epsilon, metric)] = values = [];
                values.Add(value);
            }
        }
    }

    private Threat ThreatOf(StudyAttack attack, float epsilon, int member)
    {
        var threat = attack.Threat(_moved[member].Model, epsilon);
        return attack.Relative ? threat.RelativeTo(_moved[member].At) : threat;
    }

    /// <summary>The ensemble with its members at a point.</summary>
    private IRecommender At(Point at)
    {
        SavedModel[] members = [.. _ensemble.Members.Select(member => Array.FindIndex(_moved, one => one.Saved == member) is >= 0 and var n
            ? member with { At = _moved[n].At.Map((variable, _) => at[variable]) } : member)];
        return _ensemble.Kind.Ensemble!.Made(_ensemble.Kind, _settings, members, _ensemble.At, _ensemble.Train).Recommender;
    }

    private IReadOnlyList<BlendedFormula> Formulas
    {
        get
        {
            var weights = Ensemble.WeightsOf(_ensemble.At!);
            return [.. _moved.Select(one => new BlendedFormula(one.Model, one.At, weights[_ensemble.Members.Index().First(member => member.Item == one.Saved).Index]))];
        }
    }

    private Loss? Own(SavedModel member, Rng rng) => member.Kind.Learning?.Attacked(
        member.Model!, _bench.Making(_settings.Of(member.Kind), member.Kind) with { Train = member.Train }, rng);
}
