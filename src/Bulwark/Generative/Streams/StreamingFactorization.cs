using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative.Streams;

/// <summary>What a window did.</summary>
/// <param name="Steps">Update steps; 0 where the learned updaters moved rows, with a constant amount of work for each event.</param>
/// <param name="GanSteps">Critic steps of the GAN that replays.</param>
/// <param name="CriticSteps">Steps of both drift critics.</param>
/// <param name="UpdaterSteps">Steps of the learned updaters.</param>
/// <param name="Moved">Rows of users and items that events of the window moved.</param>
/// <param name="Shrunk">Those of them whose move was shrunk.</param>
/// <param name="Refused">Those whose move was refused.</param>
/// <param name="Jumped">Whether tastes were found to have jumped, and users' rows forgot: the one work that grows with the users.</param>
public sealed record WindowReport(int Steps, long GanSteps, long CriticSteps, long UpdaterSteps, int Moved, int Shrunk, int Refused, bool Jumped);

/// <summary>
/// A matrix factorization that follows a stream of events. In each window: where tastes have jumped, users' rows forget; BPR steps, at most a fixed number, on its
/// events, on events that a reservoir kept and on events that a GAN makes, or one pass of learned updaters; then critics that know real drift shrink or refuse
/// the moves of single rows; then all of them learn from the window. No table is copied, unless a window brings new users or items, whose rows come behind a copy
/// of the others'.
/// What was refused is not remembered: an event enters the reservoir with the probability that its item's and its user's move were let pass.
/// </summary>
public sealed class StreamingFactorization
{
    private readonly StreamOptions _options;
    private readonly MatrixFactorizationOptions _shape;
    private readonly Reservoir<StreamEvent> _memory;
    private readonly GenerativeReplay? _replay;
    private readonly DriftCritic? _userCritic, _itemCritic;
    private readonly TouchedPairs _touched = new();
    private readonly LearnedUpdates? _updates;
    private readonly JumpDetector? _detector;
    private readonly Rng _chance;
    private readonly List<int> _userPast, _itemPast;
    private WindowStates? _states;
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
        if (options.Updater is { } updater) _updates = new(updater, shape.Dimension, options.L2, _userCritic, _itemCritic, rng.Fork("updaters"));
        if (options.Forgetting is { } forgetting) _detector = new(forgetting.Above);
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
        var jumped = _detector?.Take(Loss(window, rng.Fork("loss"))) ?? false;
        if (jumped) Forget(_options.Forgetting!.Share);
        var (ganBefore, criticBefore, updaterBefore) = (_replay?.Steps ?? 0, CriticSteps, _updates?.Steps ?? 0);
        var users = new HeldRows(Model.Users, _userPast, [.. window.Select(each => each.User).Distinct().Order()]);
        var items = new HeldRows(Model.Items, _itemPast, [.. window.Select(each => each.Item).Distinct().Order()]);
        var (usersBefore, itemsBefore) = (users.At(At), items.At(At));
        var states = _options.Updater is { } updater
            ? WindowStates.Of(Model, At, window, users, items, _touched, updater.Negatives, rng.Fork("pull")) : null;
        var unseen = _states?.Before(Model, At, window, _userPast, _itemPast, _touched, rng.Fork("unseen")) ?? [];
        var thorough = IsThorough(_windows);
        var steps = 0;
        if (thorough) steps = Update(window, rng.Fork("update"));
        else Move(users, items, states!);
        var (userShares, itemShares) = (Bound(_userCritic, users, usersBefore, thorough), Bound(_itemCritic, items, itemsBefore, thorough));
        var kept = Remember(window, userShares, itemShares, rng.Fork("remember"));
        _updates?.Learn(states!, [.. unseen.Where((_, n) => kept[n])]);
        _states = states;
        float[] shares = [.. userShares.Values, .. itemShares.Values];
        return new(
            steps, (_replay?.Steps ?? 0) - ganBefore, CriticSteps - criticBefore, (_updates?.Steps ?? 0) - updaterBefore, shares.Length,
            shares.Count(share => share is > 0 and < 1), shares.Count(share => share == 0), jumped);
    }

    /// <summary>Whether the steps, and not the updaters, follow the n-th window.</summary>
    private bool IsThorough(long window) => _options.Updater is not { } updater || window <= updater.Thorough || updater.Every > 0 && window % updater.Every == 0;

    private long CriticSteps => (_userCritic?.Steps ?? 0) + (_itemCritic?.Steps ?? 0);

    /// <summary>Rows for whoever is new: the mean of the users' rows, which ranks by common taste, and starting values for items.</summary>
    private void Grow(int users, int items, Rng rng)
    {
        (users, items) = (Math.Max(users, Model.UserCount), Math.Max(items, Model.ItemCount));
        if (users == Model.UserCount && items == Model.ItemCount) return;
        var model = new MatrixFactorization(users, items, _shape);
        using var scope = Scope.Open();
        var (p, q, fresh) = (At[Model.Users], At[Model.Items], model.Start(rng));
        if (users > Model.UserCount) p = Tensor.Concat(0, p, Mean(p).ExpandTo((users - Model.UserCount, _shape.Dimension)));
        if (items > Model.ItemCount) q = Tensor.Concat(0, q, fresh[model.Items].Slice(0, Model.ItemCount, items - Model.ItemCount));
        (Model, _optimizer) = (model, On(new((model.Users, p), (model.Items, q))));
        _userPast.AddRange(new int[users - _userPast.Count]);
        _itemPast.AddRange(new int[items - _itemPast.Count]);
    }

    private static Tensor Mean(Tensor rows) => rows.SumTo((1, rows.Shape.Last)) * (1f / rows.Shape[0]);

    /// <summary>The mean BPR loss of a window's events by users known before: a ring of new accounts cannot make tastes seem to jump. 0 without any.</summary>
    private float Loss(IReadOnlyList<StreamEvent> window, Rng rng)
    {
        using var scope = Scope.Open();
        StreamEvent[] known = [.. window.Where(each => _userPast[each.User] > 0)];
        if (known.Length == 0) return 0;
        var batch = new Triples();
        _touched.Fill(batch, known, Model.ItemCount, rng);
        return Objectives.Bpr(Model)(batch, null)(At).Item() / known.Length;
    }

    /// <summary>p ← p̄ + (1 − φ)(p − p̄) for all users.</summary>
    private void Forget(float share)
    {
        using var scope = Scope.Open();
        var p = At[Model.Users];
        _optimizer.Put(Model.Users, new Ids([.. Enumerable.Range(0, Model.UserCount)]), p * (1 - share) + Mean(p) * share);
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
            _touched.Fill(batch, events, Model.ItemCount, own.Fork("negatives"));
            _optimizer.Step(Grad.Of(objective(batch, null), At).Move);
        }
        return steps;
    }

    /// <summary>The moves that the updaters say, without any bound.</summary>
    private void Move(HeldRows users, HeldRows items, WindowStates states)
    {
        Put(users, _updates!.MovedUsers(users.Rows.Select(row => states.Users[row])));
        Put(items, _updates.MovedItems(items.Rows.Select(row => states.Items[row])));
    }

    /// <summary>Keeps who, and lets the GAN say what.</summary>
    private void Generate(Span<StreamEvent> events, Rng rng)
    {
        var users = new int[events.Length];
        for (var b = 0; b < users.Length; b++) users[b] = events[b].User;
        var items = _replay!.Generate(Model, At, users, rng);
        for (var b = 0; b < users.Length; b++) events[b] = new(users[b], items[b]);
    }

    /// <summary>Puts each row that the window's events moved as far as the critic lets it: before + share · (after − before). Without a critic all stay.</summary>
    private Dictionary<int, float> Bound(DriftCritic? critic, HeldRows held, float[] before, bool thorough)
    {
        var (rows, d) = (held.Rows, _shape.Dimension);
        if (critic is null) return rows.ToDictionary(row => row, _ => 1f);
        var after = held.At(At);
        var moves = rows.Select((row, n) => new RowMove([.. Enumerable.Range(n * d, d).Select(k => after[k] - before[k])], held.Past[row])).ToArray();
        var shares = critic.Shares(moves);
        critic.Learn(thorough ? moves : []);
        for (var n = 0; n < rows.Length; n++)
            if (shares[n] < 1)
                for (var k = 0; k < d; k++) after[n * d + k] = before[n * d + k] + shares[n] * moves[n].Delta[k];
        Put(held, after);
        return rows.Zip(shares).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private void Put(HeldRows held, float[] rows) => _optimizer.Put(held.Table, new Ids(held.Rows), Tensor.Of((held.Rows.Length, _shape.Dimension), rows));

    /// <summary>Whether each event is remembered.</summary>
    private bool[] Remember(IReadOnlyList<StreamEvent> window, Dictionary<int, float> users, Dictionary<int, float> items, Rng rng)
    {
        bool[] passed = [.. window.Select(each => rng.NextDouble() < users[each.User] * items[each.Item])];
        var kept = window.Where((_, n) => passed[n]).ToArray();
        foreach (var each in window) Count(each);
        if (_replay is not null && kept.Length + _memory.Seen > 0) _replay.Learn(Model, At, Half, _options.Generated!.Steps);
        foreach (var each in kept) _memory.Add(each);
        return passed;

        StreamEvent Half(Rng chance) => kept.Length == 0 || _memory.Seen > 0 && chance.Next(2) == 0 ? _memory.Draw(chance) : kept[chance.Next(kept.Length)];
    }

    private void Count(StreamEvent each)
    {
        _userPast[each.User]++;
        _itemPast[each.Item]++;
        _touched.Add(each);
    }
}
