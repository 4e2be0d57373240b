using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative.Streams;

/// <summary>
/// The updaters of users' and items' rows, which learn as windows arrive (by the next window, as Zhang et al. 2020, "How to retrain recommender system?") and in a
/// game against the critics of drift. They make small
/// −E ln σ(p̂_u · (q̂_i − q̂_j)) + λ/2 E (‖p̂_u‖² + ‖q̂_i‖² + ‖q̂_j‖²) − w E ln σ(D(Δ))
/// over events that their moves, p̂ = p + Δ and q̂ = q + Δ, have not seen; each critic learns to tell their moves from real drift.
/// </summary>
internal sealed class LearnedUpdates
{
    private readonly UpdaterOptions _options;
    private readonly float _l2;
    private readonly Side _users, _items;
    private readonly Reservoir<Unseen> _memory;
    private readonly Player _player;
    private readonly TrainingRun _run = new(1, int.MaxValue, "updates");
    private readonly Rng _chance;

    /// <summary>Updaters that are a gradient step each.</summary>
    public LearnedUpdates(UpdaterOptions options, int dimension, float l2, DriftCritic? userCritic, DriftCritic? itemCritic, Rng rng)
    {
        (_options, _l2, _chance) = (options, l2, rng.Fork("steps"));
        _users = new(new("users", dimension, options.Width, options.Start), userCritic, new(options.Memory, rng.Fork("user rows")));
        _items = new(new("items", dimension, options.Width, options.Start), itemCritic, new(options.Memory, rng.Fork("item rows")));
        _memory = new(options.Memory, rng.Fork("memory"));
        var start = _users.Updater.Start(rng.Fork("users")).With(_items.Updater.Start(rng.Fork("items")));
        _player = new("updater", start, new Adam(2e-3f), Schedules.Constant);
    }

    /// <summary>Steps taken, each of both updaters.</summary>
    public long Steps => _player.Optimizer.Steps;

    /// <summary>The mean norm of their gradient.</summary>
    public double MeanGradient => _player.MeanGradient;

    /// <summary>p̂ of users' rows, one after another.</summary>
    public float[] MovedUsers(IEnumerable<float[]> states) => Moved(_users, states);

    /// <summary>q̂ of items' rows, one after another.</summary>
    public float[] MovedItems(IEnumerable<float[]> states) => Moved(_items, states);

    /// <summary>Learns, in a fixed number of steps, from a window.</summary>
    /// <param name="window">Its rows as it found them.</param>
    /// <param name="unseen">Its events, with rows as the window before found them.</param>
    public void Learn(WindowStates window, IReadOnlyList<Unseen> unseen)
    {
        foreach (var state in window.Users.Values) _users.Rows.Add(state);
        foreach (var state in window.Items.Values) _items.Rows.Add(state);
        foreach (var triple in unseen) _memory.Add(triple);
        if (_memory.Seen == 0) return;
        for (var step = 0; step < _options.Steps; step++) Step(unseen, _chance.Fork(Steps));
        foreach (var side in Judged) side.Admit(_player.Optimizer.At);
    }

    private IEnumerable<Side> Judged => new[] { _users, _items }.Where(side => side.Critic is { Windows: > 0 });

    /// <summary>A step of each player; half of the batch is the newest window's.</summary>
    private void Step(IReadOnlyList<Unseen> newest, Rng rng)
    {
        using var scope = Scope.Open();
        var triples = new Unseen[_options.Batch];
        for (var b = 0; b < triples.Length; b++) triples[b] = b % 2 == 0 && newest.Count > 0 ? newest[rng.Next(newest.Count)] : _memory.Draw(rng);
        var users = StackedRows.Of(triples, each => each.User);                                  // (batch, 2d + 2)
        var (items, others) = (StackedRows.Of(triples, each => each.Item), StackedRows.Of(triples, each => each.Other));
        var judged = Judged.Select(side => (Side: side, States: side.Draw(_options.Batch, rng))).ToArray();
        foreach (var (side, states) in judged) side.Critic!.Step(side.Updater.Of(_player.Optimizer.At, states), side.Updater.Past(states), rng);
        var critics = judged.Aggregate(new Point(), (at, each) => at.With(each.Side.Critic!.At));
        _player.Step(at => judged.Aggregate(Task(at), (loss, each) => loss + each.Side.Passing(at, each.States) * _options.Realism), critics, _run);

        Tensor Task(Point at)
        {
            var (p, q, other) = (_users.Updater.Moved(at, users), _items.Updater.Moved(at, items), _items.Updater.Moved(at, others));
            return -p.Dot(q - other).LogSigmoid().Mean() + (p.Dot(p) + q.Dot(q) + other.Dot(other)).Mean() * (_l2 / 2);
        }
    }

    private float[] Moved(Side side, IEnumerable<float[]> states)
    {
        using var scope = Scope.Open();
        return side.Updater.Moved(_player.Optimizer.At, StackedRows.Of([.. states], state => state)).Values.ToArray();
    }

    /// <summary>One table's updater, its critic, and a sample of its rows as windows found them.</summary>
    private sealed record Side(FeatureUpdater Updater, DriftCritic? Critic, Reservoir<float[]> Rows)
    {
        public Tensor Draw(int count, Rng rng) => StackedRows.Of([.. Enumerable.Range(0, count).Select(_ => Rows.Draw(rng))], state => state);

        /// <summary>−E ln σ(D(Δ)).</summary>
        public Tensor Passing(Point at, Tensor states) =>
            AdversarialLoss.NonSaturating.Generator(Critic!.Score(at, Updater.Of(at, states), Updater.Past(states)));

        public void Admit(Point at)
        {
            using var scope = Scope.Open();
            var states = StackedRows.Of(Rows.Kept, state => state);
            Critic!.Admit(Updater.Of(at, states), Updater.Past(states));
        }
    }
}
