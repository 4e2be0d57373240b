namespace Bulwark.Evaluation;

/// <summary>A picture to be shown, such as a <see cref="Charts.SampleGrid"/>.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Description">What it shows, for those who do not see it.</param>
/// <param name="Png">The file.</param>
public sealed record ReportPicture(string Name, string Description, byte[] Png);
