namespace Bulwark.Evaluation.Charts;

/// <summary>A point of a line. A NaN breaks the line.</summary>
/// <param name="X">Its abscissa.</param>
/// <param name="Y">Its ordinate.</param>
/// <param name="Spread">How far the band or bar reaches up and down; 0 for none.</param>
public readonly record struct ChartPoint(double X, double Y, double Spread = 0);
