using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>A formula in a blend.</summary>
/// <param name="Model">ŷ_m.</param>
/// <param name="Clean">Its values before any attack.</param>
/// <param name="Weight">w_m.</param>
public sealed record BlendedFormula(IModel Model, Point Clean, float Weight);

/// <summary>
/// −Σ ln σ(s(u, i) − s(u, j)) over an item i that u has touched and one j that u has not, with the blended score s = Σ_m w_m k_m(u) ŷ_m(u, ·): the loss of a
/// <see cref="Blend"/> whose scale f(ŷ) = k (ŷ − o) is affine. k_m(u) is that of u's clean scores; the origin o is the same for both items and drops out.
/// </summary>
public static class BlendedPairs
{
    private const int MostUsers = 1024;                      // whose scores of all items the loss holds

    /// <summary>The loss at points that hold the variables of all the formulas.</summary>
    /// <param name="formulas">What is blended, of the same users and items.</param>
    /// <param name="scale">f, affine: <see cref="ScoreScales.Range"/> or <see cref="ScoreScales.Standard"/>.</param>
    /// <param name="train">What users touched; at most 1,024 of those who have something left to touch count.</param>
    /// <param name="rng">Draws the users and the items that were not touched.</param>
    public static Loss Of(IReadOnlyList<BlendedFormula> formulas, ScoreScale scale, Interactions train, Rng rng)
    {
        var items = train.ItemCount;
        int[] users = [.. Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.SortedItems(user).Length is > 0 and var count && count < items)];
        rng.Shuffle<int>(users);
        users = users[..Math.Min(MostUsers, users.Length)];
        var (ids, (positives, negatives)) = (new Ids(users), Pairs(users, train, rng));
        Tensor[] slopes = [.. formulas.Select(one => Slopes(one, scale, ids))];                        // (users, 1) each
        return at =>
        {
            var scores = formulas.Zip(slopes, (one, slope) => one.Model.ScoreAll(one.Model.Prepared(at), ids) * slope).Aggregate((sum, own) => sum + own);
            var flat = scores.Reshape((users.Length * items, 1));
            return -(flat.Rows(positives) - flat.Rows(negatives)).LogSigmoid().Sum();
        };
    }

    /// <summary>Places in the scores (users, items) of touched items, and beside each of one that was not.</summary>
    private static (Ids Touched, Ids Other) Pairs(int[] users, Interactions train, Rng rng)
    {
        var (touched, other) = (new List<int>(), new List<int>());
        for (var row = 0; row < users.Length; row++)
        {
            var own = train.ByUser.SortedItems(users[row]);
            foreach (var item in own)
            {
                int not;
                do not = rng.Next(train.ItemCount);
                while (own.BinarySearch(not) >= 0);
                touched.Add(row * train.ItemCount + item);
                other.Add(row * train.ItemCount + not);
            }
        }
        return (new([.. touched]), new([.. other]));
    }

    /// <summary>w k(u) = w (f(max) − f(min)) / (max − min) of each user's clean scores.</summary>
    private static Tensor Slopes(BlendedFormula formula, ScoreScale scale, Ids users)
    {
        using var scope = Scope.Open();
        var scores = formula.Model.ScoreAll(formula.Model.Prepared(formula.Clean), users);
        var (items, slopes) = (scores.Shape[1], new float[users.Count]);
        for (var row = 0; row < slopes.Length; row++)
        {
            var own = scores.Values.Slice(row * items, items).ToArray();
            var (low, high) = (own.Min(), own.Max());
            scale(own);
            slopes[row] = high > low ? formula.Weight * (own.Max() - own.Min()) / (high - low) : 0;
        }
        return Tensor.Of((slopes.Length, 1), slopes).Keep();
    }
}
