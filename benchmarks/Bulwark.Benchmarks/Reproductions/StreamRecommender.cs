using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>A factorization among users and items of whom it knows the first: others get the mean user's scores, other items come last.</summary>
internal sealed class StreamRecommender(MatrixFactorization model, Point at, int users, int items) : IRecommender
{
    private readonly float[] _scores = Scores(model, at);

    public int UserCount => users;

    public int ItemCount => items;

    public void Score(ReadOnlySpan<int> some, Span<float> scores)
    {
        scores.Fill(float.MinValue);
        for (var n = 0; n < some.Length; n++)
            _scores.AsSpan(Math.Min(some[n], model.UserCount) * model.ItemCount, model.ItemCount).CopyTo(scores[(n * items)..]);
    }

    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => throw new NotSupportedException("A stream's users have rows.");

    /// <summary>(users + 1, items): the last row is the mean user's.</summary>
    private static float[] Scores(MatrixFactorization model, Point at)
    {
        using var scope = Scope.Open();
        var (p, q) = (at[model.Users], at[model.Items]);
        var mean = p.SumTo((1, p.Shape[1])) * (1f / p.Shape[0]);
        return Tensor.Concat(0, p, mean).MatMul(q, transposeY: true).Values.ToArray();
    }
}
