using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Attacks.Poisoning;

/// <summary>
/// What the attacker trains instead of the victim: weighted matrix factorization (Hu, Koren and Volinsky 2008) of the real clicks and of fake ones
/// that may lie between 0 and 1, so that a gradient can tell what a click more or less would do.
/// L = Σ_{u,i} c (x − p_u·q_i)² + λ (‖P‖² + ‖Q‖²), c = w + (1 − w) x.
/// </summary>
internal sealed class Surrogate
{
    private const int Dimension = 64, MostVictims = 1000;
    private const float Rate = 0.01f, Decay = 1e-5f, UnseenWeight = 0.05f, Deviation = 0.1f, Sharpness = 10;
    private readonly Variable _users = new("users"), _items = new("items"), _fakes = new("fakes");
    private readonly Ids _user, _item;
    private readonly Tensor _wanted;                         // (victims, items): 1 / victims at each target that a victim does not have
    private readonly Ids _victims;
    private readonly (int Users, int Items, int Accounts) _sizes;

    public Surrogate(Interactions train, Budget budget, Rng rng)
    {
        var pairs = train.DistinctPairs();
        (_user, _item) = (new Ids(pairs.User), new Ids(pairs.Item));
        _sizes = (train.UserCount, train.ItemCount, budget.Accounts);
        var victims = Enumerable.Range(0, train.UserCount).ToArray();
        rng.Fork("victims").Shuffle<int>(victims);
        victims = victims[..Math.Min(victims.Length, MostVictims)];
        var wanted = new float[victims.Length * train.ItemCount];
        for (var row = 0; row < victims.Length; row++)
            foreach (var target in budget.Targets)
                if (!train.ByUser.Contains(victims[row], target)) wanted[row * train.ItemCount + target] = 1f / victims.Length;
        (_victims, _wanted) = (new Ids(victims), Tensor.Of((victims.Length, train.ItemCount), wanted));
    }

    /// <summary>What the fake accounts click, (accounts, items) in [0, 1].</summary>
    public Variable Clicks { get; } = new("clicks") { IsGiven = true };

    /// <summary>The surrogate trained on fixed clicks.</summary>
    public Point Train(Tensor clicks, int epochs, Rng rng)
    {
        var start = new Point(
            (_users, Tensor.Gaussian((_sizes.Users, Dimension), Deviation, rng.Fork("users"))),
            (_items, Tensor.Gaussian((_sizes.Items, Dimension), Deviation, rng.Fork("items"))),
            (_fakes, Tensor.Gaussian((_sizes.Accounts, Dimension), Deviation, rng.Fork("fakes"))), (Clicks, clicks));
        var optimizer = new Optimizer(start, new Adam(Rate));
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            using var scope = Scope.Open();
            optimizer.Step(Grad.Of(Fit, optimizer.At).Move);
        }
        return optimizer.At.Keep();
    }

    /// <summary>How far the targets are from the top of the victims' lists: −Σ_t mean_u ln softmax(ŷ_u)_t.</summary>
    public Tensor Distance(Point at)
    {
        var scores = at[_users].Rows(_victims).MatMul(at[_items], transposeY: true) * Sharpness; // (victims, items)
        return -(scores.LogSoftmax() * _wanted).Sum();
    }

    /// <summary>
    /// The same after some more epochs of training, through which a gradient by the clicks passes: users first, then items. A step goes down the slope, as far
    /// as one of Adam would on average: by the rate.
    /// </summary>
    public Loss DistanceAfter(int epochs) => at =>
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            at += Step(Grad.Of(Fit, at, _users, _fakes).Move);
            at += Step(Grad.Of(Fit, at, _items).Move);
        }
        return Distance(at);
    };

    private static Move Step(Move gradient) => gradient.Map(static (_, g) => g * -Rate / ((g * g).Mean() + 1e-20f).Sqrt());

    private Tensor Fit(Point at)
    {
        var (p, q, f, x) = (at[_users], at[_items], at[_fakes], at[Clicks]);
        var score = p.Rows(_user).Dot(q.Rows(_item));                                            // (pairs)
        var real = ((1 - score) * (1 - score) - score * score * UnseenWeight).Sum()
            + (p.MatMul(p, transposeX: true) * q.MatMul(q, transposeX: true)).Sum() * UnseenWeight;   // Σ over all pairs of (p·q)²
        var error = x - f.MatMul(q, transposeY: true);                                           // (accounts, items)
        var fake = ((x * (1 - UnseenWeight) + UnseenWeight) * error * error).Sum();
        return real + fake + ((p * p).Sum() + (q * q).Sum() + (f * f).Sum()) * Decay;
    }
}
