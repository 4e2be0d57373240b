using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative.Streams;

/// <summary>What a window did.</summary>
/// <param name="Steps">Update steps.</param>
/// <param name="GanSteps">Critic steps of the GAN that replays.</param>
/// <param name="CriticSteps">Steps of both drift critics.</param>
/// <param name="Moved">Rows of users and items that events of the window moved.</param>
/// <param name="Shrunk">Those of them whose move was shrunk.</param>
/// <param name="Refused">Those whose move was refused.</param>
public sealed record WindowReport(int Steps, long GanSteps, long CriticSteps, int Moved, int Shrunk, int Refused);

/// <summary>
/// A matrix factorization that follows a stream of events. After each window: BPR steps, at most a fixed number, on its events, on events that a reservoir kept and on
/// events that a GAN makes; then critics that know real drift shrink or refuse the moves of single rows; then all of them learn from the window.
/// No table is copied, unless a window brings new users or items, whose rows come behind a copy of the others'.
/// What was refused is not remembered: an event enters the reservoir with the probability that its item's and its user's move were let pass.
/// </summary>
public sealed class StreamingFactorization
{
    private readonly StreamOptions _options;
    private readonly MatrixFactorizationOptions _shape;
    private readonly Reservoir<StreamEvent> _memory;
    private readonly GenerativeReplay? _replay;
    private readonly DriftCritic? _userCritic, _itemCritic;
    private readonly HashSet<StreamEvent> _touched = [];
    private readonly Rng _chance;
    private readonly List<int> _userPast, _itemPast;
    private Optimizer _optimizer;
    private long _windows;

    /// <summary>Goes on from a trained factorization.</summary>
    /// <param name="start">The trained formula.</param>
    /// <param name="at">Where it stands; copied.</param>
    /// <param name="shape">Its settings; biases are not supported.</param>
    /// <param name="past">What it was trained on.</param>
    /// <param name="options">How it follows.</param>
    /// <param name="rng">Chance.</param>
    /// <exception cref="ArgumentException">The factorization has biases.</exception>
    public StreamingFactorization(
        MatrixFactorization start, Point at, MatrixFactorizationOptions shape, IEnumerable<StreamEvent> past, StreamOptions options, Rng rng)
    {
        if (shape.Biases) throw new ArgumentException("A stream moves rows alone: give a factorization without biases.", nameof(shape));
        (_options, _shape, _chance, Model) = (options, shape, rng, start);
        _optimizer = On(at);
        _memory = new(options.Memory, rng.Fork("memory"));
        if (options.Generated is { } generated) _replay = new(generated, shape.Dimension, rng.Fork("replay"));
        if (options.Critic is { } critic)
            (_userCritic, _itemCritic) = (new(critic, shape.Dimension, rng.Fork("user critic")), new(critic, shape.Dimension, rng.Fork("item critic")));
        (_userPast, _itemPast) = ([.. new int[start.UserCount]], [.. new int[start.ItemCount]]);
        foreach (var each in past)
        {
            Count(each);
            _memory.Add(each);
        }
        if (_replay is not null && _memory.Seen > 0) _replay.Learn(Model, At, _memory.Draw, options.Generated!.Before);
    }

    /// <summary>The formula; one with more rows after a window that brought new users or items.</summary>
    public MatrixFactorization Model { get; private set; }

    /// <summary>Where it stands: valid until the next window, then reading it throws.</summary>
    public Point At => _optimizer.At;

    /// <summary>Learns from a window of events, at least one.</summary>
    public WindowReport Take(IReadOnlyList<StreamEvent> window)
    {
        ArgumentOutOfRangeException.ThrowIfZero(window.Count, nameof(window));
        var rng = _chance.Fork("windows").Fork(_windows++);
        Grow(window.Max(each => each.User) + 1, window.Max(each => each.Item) + 1, rng.Fork("rows"));
        foreach (var each in window) _touched.Add(each);
        var (ganBefore, criticBefore) = (_replay?.Steps ?? 0, CriticSteps);
        var users = new Held(Model.Users, _userPast, [.. window.Select(each => each.User).Distinct().Order()]);
        var items = new Held(Model.Items, _itemPast, [.. window.Select(each => each.Item).Distinct().Order()]);
        var (usersBefore, itemsBefore) = (RowsOf(users), RowsOf(items));
        var steps = Update(window, rng.Fork("update"));
        var (userShares, itemShares) = (Bound(_userCritic, users, usersBefore), Bound(_itemCritic, items, itemsBefore));
        Remember(window, userShares, itemShares, rng.Fork("remember"));
        float[] shares = [.. userShares.Values, .. itemShares.Values];
        return new(
            steps, (_replay?.Steps ?? 0) - ganBefore, CriticSteps - criticBefore, shares.Length, shares.Count(share => share is > 0 and < 1),
            shares.Count(share => share == 0));
    }

    private long CriticSteps => (_userCritic?.Steps ?? 0) + (_itemCritic?.Steps ?? 0);

    /// <summary>Rows for whoever is new: the mean of the users' rows, which ranks by common taste, and starting values for items.</summary>
    private void Grow(int users, int items, Rng rng)
    {
        (users, items) = (Math.Max(users, Model.UserCount), Math.Max(items, Model.ItemCount));
        if (users == Model.UserCount && items == Model.ItemCount) return;
        var model = new MatrixFactorization(users, items, _shape);
        using var scope = Scope.Open();
        var (p, q, fresh) = (At[Model.Users], At[Model.Items], model.Start(rng));
        if (users > Model.UserCount)
        {
            var mean = p.SumTo((1, _shape.Dimension)) * (1f / Model.UserCount);
            p = Tensor.Concat(0, p, mean.ExpandTo((users - Model.UserCount, _shape.Dimension)));
        }
        if (items > Model.ItemCount) q = Tensor.Concat(0, q, fresh[model.Items].Slice(0, Model.ItemCount, items - Model.ItemCount));
        (Model, _optimizer) = (model, On(new((model.Users, p), (model.Items, q))));
        _userPast.AddRange(new int[users - _userPast.Count]);
        _itemPast.AddRange(new int[items - _itemPast.Count]);
    }

    private Optimizer On(Point at) => new(at, _options.Rule) { L2 = _options.L2 };

    /// <summary>The steps of a window, without any bound on their moves; how many there were.</summary>
    private int Update(IReadOnlyList<StreamEvent> window, Rng rng)
    {
        if (_optimizer.Steps > 0) _optimizer.Forget();
        var (objective, order, batch) = (Objectives.Bpr(Model), window.ToArray(), new Triples());
        rng.Fork("order").Shuffle<StreamEvent>(order);
        var generated = (int)(_options.Batch * (_replay is null ? 0 : _options.Generated!.Share));
        var replayed = _memory.Seen == 0 ? 0 : (int)(_options.Batch * _options.Replay);
        var (fresh, next) = (Math.Min(_options.Batch - generated - replayed, order.Length), 0);
        var steps = Math.Min(_options.Steps, (int)Math.Ceiling((double)_options.Passes * order.Length / fresh));
        for (var step = 0; step < steps; step++)
        {
            using var scope = Scope.Open();
            var own = rng.Fork(step);
            var events = new StreamEvent[fresh + generated + replayed];
            for (var b = 0; b < events.Length; b++) events[b] = b < fresh || _memory.Seen == 0 ? order[next++ % order.Length] : _memory.Draw(own);
            if (generated > 0) Generate(events.AsSpan(fresh, generated), own.Fork("generated"));
            Fill(batch, events, own.Fork("negatives"));
            _optimizer.Step(Grad.Of(objective(batch, null), At).Move);
        }
        return steps;
    }

    /// <summary>Keeps who, and lets the GAN say what.</summary>
    private void Generate(Span<StreamEvent> events, Rng rng)
    {
        var users = new int[events.Length];
        for (var b = 0; b < users.Length; b++) users[b] = events[b].User;
        var items = _replay!.Generate(Model, At, users, rng);
        for (var b = 0; b < users.Length; b++) events[b] = new(users[b], items[b]);
    }

    private void Fill(Triples batch, StreamEvent[] events, Rng rng)
    {
        const int MostTries = 20;
        Span<int> users = batch.Users.Refill(events.Length), positives = batch.Positives.Refill(events.Length), negatives = batch.Negatives.Refill(events.Length);
        for (var b = 0; b < events.Length; b++)
        {
            (users[b], positives[b]) = events[b];
            for (var tries = 0; tries < MostTries; tries++)
            {
                negatives[b] = rng.Next(Model.ItemCount);
                if (negatives[b] != positives[b] && !_touched.Contains(new(users[b], negatives[b]))) break;
            }
        }
        batch.Regroup();
    }

    /// <summary>Puts each row that the window's events moved as far as the critic lets it: before + share · (after − before). Without a critic all stay.</summary>
    private Dictionary<int, float> Bound(DriftCritic? critic, Held held, float[] before)
    {
        var (rows, d) = (held.Rows, _shape.Dimension);
        if (critic is null) return rows.ToDictionary(row => row, _ => 1f);
        var after = RowsOf(held);
        var moves = rows.Select((row, n) => new RowMove([.. Enumerable.Range(n * d, d).Select(k => after[k] - before[k])], held.Past[row])).ToArray();
        var shares = critic.Shares(moves);
        critic.Learn(moves);
        for (var n = 0; n < rows.Length; n++)
            if (shares[n] < 1)
                for (var k = 0; k < d; k++) after[n * d + k] = before[n * d + k] + shares[n] * moves[n].Delta[k];
        _optimizer.Put(held.Table, new Ids(rows), Tensor.Of((rows.Length, d), after));
        return rows.Zip(shares).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>(rows, d) as they are now.</summary>
    private float[] RowsOf(Held held)
    {
        using var scope = Scope.Open();
        return At[held.Table].Rows(new Ids(held.Rows)).Values.ToArray();
    }

    /// <summary>Rows of a table that a window's events touch, and how many events each row had before.</summary>
    private sealed record Held(Variable Table, List<int> Past, int[] Rows);

    private void Remember(IReadOnlyList<StreamEvent> window, Dictionary<int, float> users, Dictionary<int, float> items, Rng rng)
    {
        var kept = window.Where(each => rng.NextDouble() < users[each.User] * items[each.Item]).ToArray();
        foreach (var each in window) Count(each);
        if (_replay is not null && kept.Length + _memory.Seen > 0) _replay.Learn(Model, At, Half, _options.Generated!.Steps);
        foreach (var each in kept) _memory.Add(each);

        StreamEvent Half(Rng chance) => kept.Length == 0 || _memory.Seen > 0 && chance.Next(2) == 0 ? _memory.Draw(chance) : kept[chance.Next(kept.Length)];
    }

    private void Count(StreamEvent each)
    {
        _userPast[each.User]++;
        _itemPast[each.Item]++;
        _touched.Add(each);
    }
}
