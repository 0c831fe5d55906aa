// The harmless file every antivirus product agrees to report (EICAR, 2003), wherever it stands.
rule eicar_test_file
{
    strings:
        $eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    condition:
        $eicar
}
