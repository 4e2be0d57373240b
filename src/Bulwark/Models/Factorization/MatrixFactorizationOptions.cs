namespace Bulwark.Models.Factorization;

/// <summary>Settings of <see cref="MatrixFactorization"/>.</summary>
/// <param name="Dimension">d, the length of the rows.</param>
/// <param name="Biases">Whether users and items have biases.</param>
/// <param name="Mean">μ, added where there are biases: the mean rating.</param>
/// <param name="Deviation">The standard deviation of the starting rows.</param>
public sealed record MatrixFactorizationOptions(int Dimension = 64, bool Biases = false, float Mean = 0, float Deviation = 0.01f);
