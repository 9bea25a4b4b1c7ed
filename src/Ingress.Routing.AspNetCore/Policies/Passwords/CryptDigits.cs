namespace Ingress.Routing.AspNetCore.Passwords;

/// <summary>The digits of <c>crypt</c>: six bits each, the lowest first.</summary>
internal static class CryptDigits
{
    private const string Digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Appends up to three bytes.</summary>
    /// <param name="count">How many digits.</param>
    public static void Append(Span<char> text, ref int length, int high, int middle, int low, int count)
    {
        var bits = (high << 16) | (middle << 8) | low;
        for (; count > 0; count--, bits >>= 6)
        {
            text[length++] = Digits[bits & 0x3F];
        }
    }
}
