"""Layouts that ministries, associations and agencies use, each in a small file."""

from __future__ import annotations

import pytest
from plan_texts import carried_out, dates, money, read

import jmdi


def test_outputs_and_targets_in_one_column():
    found = read("Outputs and targets,Activity,Lead\nMayors plan,Train,ILO\nJobs,Open,ILO")
    assert [action.label() for action in found.of(jmdi.Action)] == ["Train", "Open"]


@pytest.mark.parametrize(
    ("heads", "rows", "wanted"),
    [
        (
            "Actividad,1er Cuatrimestre,2º Cuatrimestre,3er Cuatrimestre",
            ["Feria,,X,X,Town"],
            38,
        ),
        (
            "Activité,Quadrimestre 1,Quadrimestre 2,Quadrimestre 3",
            ["Foire,,X,X,Town"],
            38,
        ),
        (
            "Actividad,Cronograma cuatrimestral,,",
            [",C1,C2,C3,", "Feria,,80,80,Town"],
            38,
        ),
        ("Activity,Target,,,", [",Total,Q1,Q2,Q3,", "Fair,9,0,4,5,Town"], 34),
    ],
)
def test_parts_of_a_year(heads, rows, wanted):
    found = read("\n".join(["Plan 2022", f"{heads},Responsable", *rows]))
    assert dates(found)[-1] == f"2022-{wanted}/2022-{wanted + 1}"


def test_quantities_of_quarters_are_targets_of_these():
    found = read("""
        Plan 2018
        Activity,Unit,Physical target,,,Unit cost (USD),Lead
        ,,Total,Q1,Q2,,
        Advice,person,150,50,100,10,PMU
        Course,person,40,,40,10,PMU""")
    said = [(int(o.value), o.period and o.period.edtf) for o in found.of(jmdi.Observation)]
    assert said == [(150, None), (50, "2018-33"), (100, "2018-34"), (40, None), (40, "2018-34")]
    assert dates(found) == ["2018-33/2018-34", "2018-34"]
    assert money(found) == [[(10, "USD")], [(10, "USD")]]


def test_years_that_sum_up_to_a_total_have_amounts():
    found = read("""
        Plan d'action
        Monnaie : GNF (en millions)
        Action,Responsable,2022,2023,Total
        Observatoire,DGGE,500,350,850
        Fonds,DGGE,100,20,120""")
    assert money(found)[0] == [(500_000_000, "GNF"), (350_000_000, "GNF"), (850_000_000, "GNF")]
    assert [m.extra.get("period") for m in found.of(jmdi.Action)[0].finance] == [
        "2022",
        "2023",
        None,
    ]


def test_marks_under_years_stay_marks():
    found = read("Plan\nAction,Lead,2022,2023,Budget\nFair,Town,1,,1\nForum,Town,,1,1")
    assert (money(found), dates(found)) == ([[(1, None)], [(1, None)]], ["2022", "2023"])


@pytest.mark.parametrize(
    ("title", "head", "cell", "wanted"),
    [
        ("PTBA 2022 (en milliers de FCFA),Sénégal", "Coût", "45 000", (45_000_000, "XOF")),
        ("Plan 2022,Mexique", "Monto (MXN)", "$ 120", (120, "MXN")),
        ("Plan 2022,Chile", "Monto (M$)", "480", (480_000, "CLP")),
        ("Plan 2022,Chile", "Monto (MM$)", "480", (480_000_000, "CLP")),
        ("Plan 2022,Jordan", "Cost (JOD)", '"120,000"', (120_000, "JOD")),
    ],
)
def test_units_of_amounts(title, head, cell, wanted):
    found = read(f"{title.replace(',', chr(10))}\nActivity,{head},Lead\nFair,{cell},Town")
    assert money(found) == [[wanted]]


@pytest.mark.parametrize(
    ("head", "cell"),
    [("Organization type", "INGO"), ("Council role", "Provider"), ("Type de structure", "ONG")],
)
def test_the_kind_of_an_organisation_is_none(head, cell):
    found = read(f"Activity,{head},Responsible,Budget\nFair,{cell},Oxfam,USD 10")
    assert carried_out(found) == [("Oxfam", "implementing")]


def test_a_partner_beside_an_indicator_carries_out():
    found = read(
        "Ref.,Actividades,Unidade,Qtd.,Parceiro de execução\n1.1,Formar,Sessão,4,TINIGUENA"
    )
    assert carried_out(found) == [("TINIGUENA", "implementing")]


@pytest.mark.parametrize("ditto", ["idem", "Ditto", '""""', "ídem"])
def test_ditto_is_who_stands_above(ditto):
    found = read(f"Activity,Lead,Budget\nGuide,DTE,5\nBook,{ditto},6")
    assert carried_out(found) == [("DTE", "implementing")] * 2
    assert found.of(jmdi.Action)[1].cells[1] == ditto.replace('""', '"').removeprefix('"')[:5]


def test_nobody_pays_yet():
    found = read("Activity,Lead,Funding source,Budget\nGuide,DTE,being sought,USD 5")
    assert carried_out(found) == [("DTE", "implementing")]


@pytest.mark.parametrize(
    ("heads", "row", "title", "more"),
    [
        ("Actions prioritaires,Tâches", "Tenir le forum,Invitations", "Tenir le forum", True),
        ("Action,Short description", "Fair,Two days in May", "Fair", True),
        ("Acción,Descripción", "Feria,Dos días en mayo", "Feria", True),
    ],
)
def test_what_says_more_of_an_action_is_beside_it(heads, row, title, more):
    (action,) = read(f"{heads},Responsable,Budget\n{row},DGIE,75").of(jmdi.Action)
    assert action.label() == title
    assert bool(action.activity) is more


def test_a_size_in_a_column_of_its_own():
    found = read("Actividad,Población meta,Número de beneficiarios\nAyuda,Familias,210")
    (group,) = found.of(jmdi.Action)[0].audience
    assert (group.who["und"], group.size.value) == ("Familias", 210)


@pytest.mark.parametrize(
    "heading", ["R1,Result 1: Stronger towns,,", "OE 2,Objetivo 2: Más empleo,,", "Eje 1:,Empleo,,"]
)
def test_headings_by_a_code(heading):
    found = read(f"Ref,Activity,Timeline,Lead\n{heading}\n1.1,Train,May 2021,Oxfam")
    (action,) = found.of(jmdi.Action)
    assert action.section.endswith(heading.split(",")[1])


def test_headings_by_an_ordinal_in_words():
    found = read(
        """
        ولاية مدنين - الجمهورية التونسية

        المحور الأول: حوكمة الهجرة

        | النشاط | المسؤول |
        | --- | --- |
        | تكوين | الولاية |""",
        "workplan:markdown",
    )
    (plan,) = found.of(jmdi.WorkPlan)
    assert plan.country == "TN"
    assert plan.tables[0].title["und"] == "المحور الأول: حوكمة الهجرة"


def test_a_fiscal_year_with_a_stroke():
    found = read("Annual plan 2023/2024\nKenya\nActivity,When,Lead\nForum,Q2,A\nFair,2023/2024,A")
    assert dates(found) == ["2023-10/2023-12", "2023-07/2024-06"]
    assert found.of(jmdi.WorkPlan)[0].period.edtf == "2023-07/2024-06"


@pytest.mark.parametrize("words", ["All year", "Toute l'année", "Todo el año", "Ao longo do ano"])
def test_all_of_the_year_of_the_plan(words):
    assert dates(read(f"Programme 2019\nActivity,When,Lead\nAdvice,{words},Town")) == ["2019"]


def test_years_below_a_head_that_nobody_knows():
    found = read("المشروع,صاحب المشروع,برمجة الإنجاز\nمركز,الجماعة,2023-2024\nسوق,الجماعة,2022")
    assert dates(found) == ["2023/2024", "2022"]
    figures = read("Activity,Lead,Quorvex\nFair,Town,2000\nForum,Town,2050")
    assert dates(figures) == [None, None]


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("Guatemala, C.A.", "GT"),
        ("REPOBLIKAN'I MADAGASIKARA", "MG"),
        ("Entidad federativa: Michoacán de Ocampo, México", "MX"),
        ("Greater Shepparton City Council, Victoria, Australia", "AU"),
        ("Local action plan on migration in The Gambia", "GM"),
        ("Plan d'action sur la migration au Sénégal", "SN"),
        ("Action plan for our workers in Qatar", None),
        ("Action plan for migrants from Nepal in Qatar", None),
    ],
)
def test_countries_of_letterheads_and_titles(line, country):
    found = read(f'"{line}"\nPlan 2019\nActivity,When,Lead\nAdvice,May,Town')
    assert found.of(jmdi.WorkPlan)[0].country == country


@pytest.mark.parametrize(
    "name", ["United Nations Development Programme", "Greater Shepparton City Council"]
)
def test_letterheads_of_organisations(name):
    found = read(f'"{name}, Victoria, Australia"\nPlan 2019\nActivity,When,Lead\nAdvice,May,Town')
    plain = read(f"{name}\nPlan 2019\nActivity,When,Lead\nAdvice,May,Town")
    for dataset in (found, plain)[name.startswith("United") :]:
        assert name in [actor.label() for actor in dataset.of(jmdi.Actor)]


def test_a_title_that_begins_with_a_word_for_headings():
    found = read(
        """
        Association pour Diataya (ADDF)

        # Programme d'activités 2024-2025

        Pays : Mali

        | Action | Responsable |
        | --- | --- |
        | Guide | ADDF |""",
        "workplan:markdown",
    )
    (plan,) = found.of(jmdi.WorkPlan)
    assert (plan.label(), plan.period.edtf) == ("Programme d'activités 2024-2025", "2024/2025")


@pytest.mark.parametrize(
    ("title", "cells", "wanted"),
    [
        ("Work plan 2024", ["Jan-24", "Apr-24"], ["2024-01", "2024-04"]),
        ("Work plan", ["Jan-24", "Mar-24", "Apr-24"], ["2024-01", "2024-03", "2024-04"]),
        ("Work plan", ["Jan-24", "Mar-11", "Apr-30"], [None, None, None]),
        ("Work plan 2023", ["Jan-24"], [None]),
        ("Work plan 2024", ["January 24"], [None]),
    ],
)
def test_a_month_with_two_figures(title, cells, wanted):
    rows = [f"Action {n},{cell},Town" for n, cell in enumerate(cells)]
    found = dates(read("\n".join([title, "Activity,When,Lead", *rows])))
    assert found == wanted


def test_a_key_below_a_table_is_a_note():
    found = read("Plan 2022\nNo,Activity,Jan,Feb\n1,Fair,x,\n2,Forum,,x\n,,,\nKey: x = planned,,,")
    assert [action.label() for action in found.of(jmdi.Action)] == ["Fair", "Forum"]


@pytest.mark.parametrize(
    ("head", "others"), [("Deliverable", ""), ("Milestone", ""), ("Output", ",Objective")]
)
def test_results_are_the_actions_where_nothing_else_is(head, others):
    found = read(f"""
        {head}{others},Responsible,Due date,Budget
        Inception report{others and ",Learn"},Consultant,May 2022,USD 500
        Final report{others and ",Learn"},Consultant,June 2022,USD 900
        """)
    assert [action.label() for action in found.of(jmdi.Action)] == [
        "Inception report",
        "Final report",
    ]
    assert "workplan:W214" in [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    "cell",
    [
        "Início: 01/03/2021 Término: 15/04/2021",
        "Start: 1 March 2021; end: 15 April 2021",
        "Début : 1er mars 2021 – Fin : 15 avril 2021",
    ],
)
def test_labels_of_a_start_and_an_end(cell):
    assert dates(read(f"Ação,Responsável,Prazo\nFeira,Prefeitura,{cell}")) == [
        "2021-03-01/2021-04-15"
    ]


def test_the_dates_of_a_start_and_an_end_in_the_title_block_are_the_period():
    for lines in (
        "Início: março de 2021 Término: maio de 2021",
        "Início: 03/2021\nTérmino: 05/2021",
    ):
        found = read(f"Plano de trabalho\n{lines}\nAção,Responsável,Custo\nFeira,Prefeitura,R$ 5")
        assert found.of(jmdi.WorkPlan)[0].period.edtf == "2021-03/2021-05"


def test_a_second_row_of_heads_below_blank_ones():
    """A file without merged cells: the names of parts stand below a name and blanks."""
    found = read("""
        Work and financial plan 2017
        Activity,Schedule,,Amount,,Person responsible
        ,Start,Completion,PS,MOOE,
        Organizing,January 2017,June 2017,-,"50,000",MSWDO
        Training,March 2017,April 2017,"7,000",-,PESO
        """)
    assert [action.label() for action in found.of(jmdi.Action)] == ["Organizing", "Training"]
    assert dates(found) == ["2017-01/2017-06", "2017-03/2017-04"]
    assert [[amount for amount, _ in one if amount] for one in money(found)] == [[50_000], [7_000]]


def test_from_and_to_in_arabic():
    found = read("النشاط,المسؤول,من,إلى\nمعرض,غرفة التجارة,شباط 2022,نيسان 2022")
    assert dates(found) == ["2022-02/2022-04"]
    assert carried_out(found) == [("غرفة التجارة", "implementing")]


def test_strategic_actions_are_what_actions_belong_to():
    found = read("Acción estratégica,Actividad,Centro de costo\nEmpleo,Feria,Gerencia social")
    (action,) = found.of(jmdi.Action)
    assert (action.label(), action.section) == ("Feria", "Empleo")
    assert carried_out(found) == [("Gerencia social", "implementing")]
    (alone,) = read("Acción estratégica,Responsable,Plazo\nFeria,OMAM,2022").of(jmdi.Action)
    assert alone.label() == "Feria"


def test_a_sign_and_a_code_of_one_currency_in_a_head():
    found = read("Acción,Responsable,Recursos $ (CLP)\nFeria,Seremi,2.500.000", "workplan:csv")
    assert money(found) == [[(2_500_000, "CLP")]]


@pytest.mark.parametrize("words", ["Sem custo", "Costo cero", "بدون تكلفة", "مجانا"])
def test_free_of_charge(words):
    (action,) = read(f"Action,Lead,Budget\nFair,Town,{words}").of(jmdi.Action)
    assert action.finance[0].reason == "not_applicable"


def test_a_period_of_a_year_is_its_fiscal_year():
    found = read("""
        Annual plan (July 2022 – June 2023)
        Activity,Quarterly breakdown,,,,Lead
        ,1st,2nd,3rd,4th,
        Course,x,x,,,Town""")
    assert dates(found) == ["2022-07/2022-12"]


def test_the_country_of_an_office():
    found = read("IOM GEORGIA\nWorkplan last updated: 15 March 2022\nActivity,Lead\nCourse,SESA")
    (plan,) = found.of(jmdi.WorkPlan)
    assert (plan.country, plan.label()) == ("GE", plan.id)


def test_a_share_under_a_head_is_money():
    found = read("""
        Projet,Consistance,Coût global (MDH),Part de la commune,Échéancier
        Souk,120 étals,"12,5","2,5",2023
        Projet,Consistance,Coût global (MDH),Part de la commune,Échéancier
        Centre,400 m²,"6,8","1,8",2025""")
    assert [len(one) for one in money(found)] == [2, 2]
    assert not found.of(jmdi.Territory)


def test_measures_that_stand_for_several_activities():
    found = read(
        "Medida,Atividades,Entidade\nAcolher,Abrir,CMP\nAcolher,Traduzir,CMP\nM2,Ensinar,X"
    )
    assert [action.label() for action in found.of(jmdi.Action)] == ["Abrir", "Traduzir", "Ensinar"]
    assert found.of(jmdi.Action)[0].section == "Acolher"
    assert not read("Medida,Atividades,Entidade").of(jmdi.Action)


def test_budgets_of_several_under_a_head_with_a_currency():
    found = read("""
        Measure,Sources of funding (thousand UAH),,,Lead
        ,City budget,State budget,Other sources,
        Dormitories,"15,000.0","5,000.0",-,Town
        Advice,-,-,"2,400.0",NGO""")
    paid = [[amount for amount, _ in one if amount] for one in money(found)]
    assert paid == [[15_000_000, 5_000_000], [2_400_000]]
    assert not found.of(jmdi.Territory)


def test_a_letter_of_a_currency_behind_a_head():
    assert money(read('Acción,Quién,Costo Q\nCenso,OMM,"8,500.00"')) == [[(8_500, "GTQ")]]


def test_arabic_signs_of_currencies():
    found = read("العملية,الجهة المكلفة,المبلغ (دج)\nمركز,المديرية,12.000")
    assert money(found) == [[(12_000, "DZD")]]


def test_sections_whose_codes_those_of_actions_go_on_with():
    found = read("""
        Plan 2020
        Code,Activity,Office,Budget (USD)
        3000,SOCIAL SERVICES,,
        3000-1-01,Help desk,Welfare Office,150
        8000,Economic services,,
        8000-2-01,Forum,Planning Office,85""")
    assert [a.label() for a in found.of(jmdi.Action)] == ["Help desk", "Forum"]


def test_a_logical_framework_has_activities_below_its_results():
    found = read("""
        Results chain,Indicator,Baseline,Target,Assumptions
        Output 1: Skills,People certified,0,400,Colleges stay open
        Activity 1.1: Refurbish the workshop,Workshop in use,No,Yes,Permit
        Activity 1.2: Hold courses,Graduates,0,300,Trainers
        Output 2: Loans,Number of loans,0,250,Rates
        Activity 2.1: Form groups,Groups,5,40,Women attend""")
    named = [(a.label().split(": ")[-1], a.section) for a in found.of(jmdi.Action)]
    assert named == [
        ("Refurbish the workshop", "Output 1: Skills"),
        ("Hold courses", "Output 1: Skills"),
        ("Form groups", "Output 2: Loans"),
    ]
