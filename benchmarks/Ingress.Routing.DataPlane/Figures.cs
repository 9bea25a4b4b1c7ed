namespace Ingress.Routing.DataPlane;

/// <summary>Figures of several rounds.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> figures) => Quantile(figures, 0.5);

    /// <summary>The smallest figure that the given share of all does not exceed; not a number when there are none.</summary>
    public static double Quantile(IEnumerable<double> figures, double share)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    /// <summary>The median of the ratios of each round: neighbours in time share what else happens on the machine.</summary>
    public static double Ratio(IEnumerable<double> ours, IEnumerable<double> theirs) => Median(ours.Zip(theirs, static (our, their) => our / their));
}
