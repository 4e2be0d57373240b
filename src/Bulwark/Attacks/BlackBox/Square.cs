using Bulwark.Tensors;

namespace Bulwark.Attacks.BlackBox;

/// <summary>
/// Random search by blocks (Andriushchenko et al. 2020): from ±ε stripes on, a block is set to ±ε and kept for every example whose loss it raises. Blocks are squares
/// of images, (batch, height, width, channels), with a sign for each channel, and sets of indices of everything else. Their share of
/// the elements halves by schedule. Gradients are never asked for. Where the ball is not L∞, proposals are projected.
/// </summary>
/// <param name="Queries">How often the loss is asked.</param>
/// <param name="Share">The first share of the elements that a block covers.</param>
public sealed record Square(int Queries = 10_000, float Share = 0.8f) : IAttack
{
    private static readonly int[] Halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];   // of 10,000 queries

    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty || Queries == 0) return Move.Zero;
        var best = new WorstMove(at, threat);
        best.Meet(loss(at), Move.Zero);
        for (var query = 1; query < Queries; query++)
        {
            using var scope = Scope.Open();
            var (draw, share, start) = (rng.Fork(query), ShareAt(query), query == 1);
            var proposal = threat.Variables.Select(variable => (variable, Proposal(variable, share, start, draw.Fork(variable.Name))));
            var move = threat.Confine(at, new Move([.. proposal])).Keep();
            best.Meet(loss(at + move), move);
        }
        return best.Move;

        Tensor Proposal(Variable variable, float share, bool start, Rng draw)
        {
            var (shape, epsilon) = (at[variable].Shape, threat[variable].Epsilon);
            var values = best.Move.TryGet(variable, out var delta) ? delta.Values.ToArray() : new float[shape.Count];
            if (shape.Rank == 4)
                for (var b = 0; b < shape[0]; b++) Window(values.AsSpan(b * shape.RowLength, shape.RowLength), shape, start ? null : share, epsilon, draw);
            else
            {
                var row = best.Of(Tensor.Scalar(0)).Apart ? shape.RowLength : shape.Count;
                for (var first = 0; first < values.Length; first += row) Block(values.AsSpan(first, row), start ? 1 : share, epsilon, draw);
            }
            return Tensor.Of(shape, values);
        }
    }

    /// <summary>A square of this share of one image; with none, stripes from top to bottom.</summary>
    private static void Window(Span<float> image, Shape shape, float? share, float epsilon, Rng draw)
    {
        var (height, width, channels) = (shape[1], shape[2], shape[3]);
        if (share is null)
        {
            for (var i = 0; i < width * channels; i++) image[i] = Signed(epsilon, draw);
            for (var y = 1; y < height; y++) image[..(width * channels)].CopyTo(image[(y * width * channels)..]);
            return;
        }
        var side = Math.Clamp((int)MathF.Round(MathF.Sqrt(share.Value * height * width)), 1, Math.Min(height, width));
        var (top, left) = (draw.Next(height - side + 1), draw.Next(width - side + 1));
        for (var c = 0; c < channels; c++)
        {
            var value = Signed(epsilon, draw);
            for (var y = top; y < top + side; y++)
                for (var x = left; x < left + side; x++) image[(y * width + x) * channels + c] = value;
        }
    }

    /// <summary>Signs of its own for a random set of indices, drawn without replacement.</summary>
    private static void Block(Span<float> row, float share, float epsilon, Rng draw)
    {
        var left = Math.Clamp((int)MathF.Round(share * row.Length), 1, row.Length);
        for (var i = 0; left > 0; i++)
        {
            if (draw.Next(row.Length - i) >= left) continue; // i is taken with the probability left / remaining
            row[i] = Signed(epsilon, draw);
            left--;
        }
    }

    private static float Signed(float epsilon, Rng draw) => draw.Next(2) == 0 ? epsilon : -epsilon;

    private float ShareAt(int query) => Share / (1 << Halvings.Count(at => query * 10_000L > (long)at * Queries));
}
