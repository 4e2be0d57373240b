using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Server;

/// <summary>A factorization without biases, which moves with the events.</summary>
/// <param name="Model">The formula.</param>
/// <param name="At">Where training left it.</param>
/// <param name="Options">The settings that it was made with.</param>
public sealed record ServedFactorization(MatrixFactorization Model, Point At, MatrixFactorizationOptions Options);
