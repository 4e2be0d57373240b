namespace Bulwark.Evaluation;

/// <summary>A named fact to be stated as it is: a number of users, a processor, a version.</summary>
public sealed record ReportFact(string Name, string Value);
