using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>What a move does that its threat forbids.</summary>
internal static class Violations
{
    private const float Slack = 1.0001f, Drift = 1e-4f;      // rounding of floats is no violation

    /// <summary>The first violation, in words; null where there is none.</summary>
    public static string? First(Threat threat, Point at, Move move)
    {
        foreach (var variable in move.Variables)
        {
            if (!threat.Variables.Contains(variable)) return $"'{variable}' moves, but the threat leaves it where it is";
            if (Of(threat, threat[variable], at[variable], move[variable]) is { } what) return $"'{variable}' {what}";
        }
        return null;
    }

    private static string? Of(Threat threat, Ball ball, Tensor value, Tensor delta)
    {
        var farthest = ball.Sizes(delta.Stored, ball.Per).Max().Item();
        if (!(farthest <= ball.Epsilon * Slack)) return $"moves by {farthest:G4}, farther than ε = {ball.Epsilon:G4}";
        if (threat.IsBallAlone && threat.Integral is null && threat.Budget == int.MaxValue) return null;
        ReadOnlySpan<float> clean = value.Values, moves = delta.Values;
        var width = value.Shape.RowLength;
        var (low, high) = (Everywhere(threat.Box?.Low, float.NegativeInfinity), Everywhere(threat.Box?.High, float.PositiveInfinity));
        var (immutable, integral) = (Everywhere(threat.Immutable, 0), Everywhere(threat.Integral, 0));
        var changed = 0;
        for (var i = 0; i < moves.Length; i++)
        {
            if (i % width == 0) changed = 0;
            if (moves[i] == 0) continue;
            var (to, place) = (clean[i] + moves[i], $"at row {i / width}, element {i % width}");
            if (to < low[i] - Drift || to > high[i] + Drift) return $"becomes {to:G4} {place}, outside [{low[i]:G4}, {high[i]:G4}]";
            if (immutable[i] != 0) return $"changes {place}, which is immutable";
            if (integral[i] != 0 && MathF.Abs(to - MathF.Round(to)) > Drift) return $"becomes {to:G4} {place}, which takes whole numbers only";
            if (++changed > threat.Budget) return $"changes more than {threat.Budget} elements of row {i / width}";
        }
        for (var row = 0; row < moves.Length && threat.OneHot.Count > 0; row += width)
            foreach (var (first, count) in threat.OneHot)
                if (!IsCategory(clean.Slice(row + first, count), moves.Slice(row + first, count)))
                    return $"gives row {row / width} no single category in the columns {first} to {first + count - 1}";
        return null;

        float[] Everywhere(Tensor? bound, float none) => (bound ?? Tensor.Scalar(none)).ExpandTo(value.Shape).Values.ToArray();
    }

    /// <summary>Whether a block is left alone, or ends with a single 1.</summary>
    private static bool IsCategory(ReadOnlySpan<float> clean, ReadOnlySpan<float> moves)
    {
        var (moved, ones, zeros) = (false, 0, 0);
        for (var i = 0; i < moves.Length; i++)
        {
            moved |= moves[i] != 0;
            if (MathF.Abs(clean[i] + moves[i] - 1) < Drift) ones++;
            else if (MathF.Abs(clean[i] + moves[i]) < Drift) zeros++;
        }
        return !moved || ones == 1 && zeros == moves.Length - 1;
    }
}
