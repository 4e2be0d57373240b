namespace Bulwark.Data;

/// <summary>The ratings that can be given: Low, Low + Step, …, High.</summary>
public readonly record struct RatingScale(float Low, float High, float Step)
{
    private const float Finest = 1e-3f;                      // smaller gaps are rounding

    /// <summary>The scale that some ratings show: their extremes, and the smallest gap between two of them.</summary>
    /// <exception cref="ArgumentException">There is no rating.</exception>
    public static RatingScale Of(ReadOnlySpan<float> ratings)
    {
        if (ratings.IsEmpty) throw new ArgumentException("There is no rating to read a scale from.", nameof(ratings));
        var levels = new SortedSet<float>();
        foreach (var rating in ratings) levels.Add(rating);
        var (step, below) = (levels.Max - levels.Min, levels.Min);
        foreach (var level in levels)
        {
            if (level - below > Finest) step = Math.Min(step, level - below);
            below = level;
        }
        return new(levels.Min, levels.Max, step > 0 ? step : 1);
    }

    /// <summary>The nearest rating: rounded to a step, then clamped.</summary>
    public float Nearest(double rating) => Math.Clamp((float)(Low + Math.Round((rating - Low) / Step) * Step), Low, High);
}
