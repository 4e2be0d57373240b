namespace Bulwark.Evaluation;

/// <summary>Fewer points for a drawing that looks the same.</summary>
internal static class CurveThinning
{
    /// <summary>
    /// At most <paramref name="most"/> points, the ends always among them: the upper convex hull, then whichever point is farthest from the
    /// line drawn so far (Douglas and Peucker 1973, stopped by count). If the hull alone is too long it is thinned in the same way.
    /// </summary>
    /// <param name="points">X never falls.</param>
    /// <param name="most">At least 2.</param>
    public static IReadOnlyList<CurvePoint> Thin(List<CurvePoint> points, int most)
    {
        if (most < 2) throw new ArgumentOutOfRangeException(nameof(most), most, "A curve needs at least 2 points.");
        if (points.Count <= most) return points;
        var hull = UpperHull(points);
        return hull.Count <= most
            ? Refine(points, hull, most)
            : Refine([.. hull.Select(i => points[i])], [0, hull.Count - 1], most);
    }

    private static CurvePoint[] Refine(List<CurvePoint> points, List<int> kept, int most)
    {
        var gaps = new PriorityQueue<(int From, int Farthest, int To), double>();
        for (var i = 1; i < kept.Count; i++) Open(kept[i - 1], kept[i]);
        while (kept.Count < most && gaps.TryDequeue(out var gap, out _))
        {
            kept.Add(gap.Farthest);
            Open(gap.From, gap.Farthest);
            Open(gap.Farthest, gap.To);
        }
        kept.Sort();
        return [.. kept.Select(i => points[i])];

        void Open(int from, int to)
        {
            var (farthest, most) = (from, 0.0);
            for (var i = from + 1; i < to; i++)
                if (Distance(points[from], points[i], points[to]) is var distance && distance > most) (farthest, most) = (i, distance);
            if (farthest > from) gaps.Enqueue((from, farthest, to), -most);
        }
    }

    private static List<int> UpperHull(List<CurvePoint> points)
    {
        var hull = new List<int>();
        for (var i = 0; i < points.Count; i++)
        {
            while (hull.Count > 1 && Cross(points[hull[^2]], points[hull[^1]], points[i]) >= 0) hull.RemoveAt(hull.Count - 1);
            hull.Add(i);
        }
        return hull;
    }

    private static double Distance(CurvePoint a, CurvePoint b, CurvePoint c)
    {
        var length = Math.Sqrt((c.X - a.X) * (c.X - a.X) + (c.Y - a.Y) * (c.Y - a.Y));
        return length == 0 ? Math.Abs(b.Y - a.Y) : Math.Abs(Cross(a, b, c)) / length;
    }

    // Twice the area of a, b, c: below 0 where the path turns right, as an upper hull does.
    private static double Cross(CurvePoint a, CurvePoint b, CurvePoint c) => (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
}
